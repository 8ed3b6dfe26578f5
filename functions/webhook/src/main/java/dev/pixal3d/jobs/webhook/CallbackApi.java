package dev.pixal3d.jobs.webhook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.UpstreamParts;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.net.URI;
import java.util.Map;

/** What Pixal3D calls back. */
final class CallbackApi implements Restorable.Primable {
  private static final String ROUTE = "POST /callbacks/{request_id}/{token}";

  private final UpstreamParts upstream;
  private final ReceiveCallback receiveCallback;

  CallbackApi(Application application) {
    this.upstream = new UpstreamParts(application);
    Config config = application.config();
    this.receiveCallback =
        new ReceiveCallback(
            application.jobStore(),
            application.transitions(),
            upstream.pixal3d(),
            upstream.callbackTokens(),
            new MediaHosts(config.mediaHosts(), config.allowLoopback()),
            config.readBackCallbacks(),
            application.metrics());
  }

  ApiAnswer answer(APIGatewayV2HTTPEvent event) {
    return answer(receive(event));
  }

  private ReceiveCallback.Result receive(APIGatewayV2HTTPEvent event) {
    byte[] body = Http.body(event);
    return receiveCallback.receive(
        Http.pathParameter(event, "request_id"),
        Http.pathParameter(event, "token"),
        body == null ? new byte[0] : body);
  }

  /** Those who do not belong here learn nothing. */
  private static ApiAnswer answer(ReceiveCallback.Result result) {
    return switch (result) {
      case TAKEN -> ApiAnswer.json(200, "{}");
      case NOT_FOUND -> ApiAnswer.notFound("There is nothing here.");
      case MALFORMED -> ApiAnswer.callbackRefused(400, "The body is no report of a job.");
      case TOO_LARGE -> ApiAnswer.callbackRefused(413, "The body is larger than 64 KiB.");
      case NOT_THIS_JOB -> ApiAnswer.callbackRefused(403, "The report is not about this job.");
      case TRY_AGAIN -> ApiAnswer.callbackRefused(503, "The report could not be read back yet.");
    };
  }

  @Override
  public Setting queue() {
    return Setting.NOTIFY_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    Job job = rehearsal.jobAtPixal3d();
    URI url = upstream.callbackTokens().callbackUrl(job.order().publicUrl(), job.id());
    String token = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
    rehearsal.request(
        this::answer,
        ROUTE,
        Map.of("request_id", job.id().value(), "token", token),
        Map.of(),
        Rehearsal.REPORT);
  }
}
