package dev.pixal3d.jobs.bench.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.bench.meter.ReferenceJob;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.runtime.Events;
import dev.pixal3d.jobs.status.StatusHandler;
import dev.pixal3d.jobs.submit.SubmitHandler;
import dev.pixal3d.jobs.webhook.WebhookHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a function gets again and again, each time as if for the first.
 *
 * @param handler the function's own, with its surroundings in memory
 * @param event what API Gateway sends, as JSON
 * @param answeredWith the status code of the answer
 */
record Request(
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler,
    String event,
    int answeredWith) {
  private static final String UPSTREAM_ID = "pixal3d_019e0000-0000-7000-8000-0000000000aa";
  private static final String MODEL =
      "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/v1/" + UPSTREAM_ID + "/output.glb";

  /** A client with a webhook submits the reference job. */
  static Request toSubmit() {
    var world = new World();
    String event =
        event(
            "POST",
            "/pixal3d/v1/pixal3d-request",
            Map.of(),
            Map.of(
                "ocp-apim-subscription-key",
                World.API_KEY,
                "x-webhook-url",
                ReferenceJob.WEBHOOK_URL),
            ReferenceJob.BODY);
    return new Request(new SubmitHandler(world.application()), event, 202);
  }

  /**
   * Pixal3D tells, in the words of its page ("Callback Payload"), that a job is completed, of which
   * its client wants to hear.
   */
  static Request toWebhook() {
    var world = new World();
    Job job = world.saved(new Event.DispatchBegan(1), new Event.UpstreamAccepted(UPSTREAM_ID));
    String path =
        new CallbackTokens(() -> List.of(World.CALLBACK_SECRET))
            .callbackUrl(World.PUBLIC_URL, job.id())
            .getPath();
    String event =
        event(
            "POST",
            "/callbacks/{request_id}/{token}",
            Map.of(
                "request_id", job.id().value(), "token", path.substring(path.lastIndexOf('/') + 1)),
            Map.of(),
            """
            {
              "request_id": "%s",
              "status": "COMPLETED",
              "model_id": "pixal3d",
              "error": null,
              "output": {
                "media_url": [
                  "%s"
                ],
                "media_type": "model/glb"
              },
              "created_at": "2026-05-22T13:17:32.110Z",
              "updated_at": "2026-05-22 13:19:23",
              "completed_at": "2026-05-22 13:19:23"
            }
            """
                .formatted(UPSTREAM_ID, MODEL));
    return new Request(new WebhookHandler(world.application()), event, 200);
  }

  /** A client asks for a completed job. */
  static Request toStatus() {
    var world = new World();
    Output output = new Output(List.of(MODEL), "model/glb");
    Job job =
        world.saved(
            new Event.DispatchBegan(1),
            new Event.UpstreamAccepted(UPSTREAM_ID),
            new Event.CalledBack(new Report(UPSTREAM_ID, JobStatus.COMPLETED, null, output, null)));
    String event =
        event(
            "GET",
            "/v2/requests/status/{request_id}",
            Map.of("request_id", job.id().value()),
            Map.of("ocp-apim-subscription-key", World.API_KEY),
            null);
    return new Request(new StatusHandler(world.application()), event, 200);
  }

  private static String event(
      String method,
      String route,
      Map<String, String> pathParameters,
      Map<String, String> headers,
      @Nullable String body) {
    return new String(Events.http(method, route, pathParameters, headers, body), UTF_8);
  }
}
