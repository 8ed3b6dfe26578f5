package dev.pixal3d.jobs.control;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.WebhookParts;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.JobBodies;
import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.api.WebhookTestReader;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.CancelJob;
import dev.pixal3d.jobs.core.usecase.ReadStatus;
import dev.pixal3d.jobs.core.usecase.ReplayWebhook;
import dev.pixal3d.jobs.core.usecase.TestWebhook;
import dev.pixal3d.jobs.core.webhook.WebhookSignature;
import dev.pixal3d.jobs.lambda.Callers;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;

/** What clients want done with their jobs: cancel one, replay its webhook; and try a webhook. */
final class ControlApi implements Restorable.Primable {
  private static final String CANCEL_ROUTE = "POST /v2/requests/{request_id}/cancel";
  private static final String REPLAY_ROUTE = "POST /v2/requests/{request_id}/webhook/replay";
  private static final String TEST_ROUTE = "POST /v2/webhooks/test";

  private final Authentication authentication;
  private final CancelJob cancelJob;
  private final ReplayWebhook replayWebhook;
  private final WebhookTestReader testReader;
  private final TestWebhook testWebhook;

  ControlApi(Application application) {
    this.authentication = application.authentication();
    var webhooks = new WebhookParts(application);
    var transitions = application.transitions();
    var jobs = new ReadStatus(application.jobStore(), transitions);
    this.cancelJob = new CancelJob(jobs, transitions);
    this.replayWebhook = new ReplayWebhook(jobs, transitions);
    this.testReader = new WebhookTestReader(application.config().allowLoopback());
    this.testWebhook =
        new TestWebhook(webhooks.sender(), application.requestIds(), application.clock());
  }

  ApiAnswer answer(APIGatewayV2HTTPEvent event) {
    return Callers.admit(authentication, Http.headers(event), client -> control(event, client));
  }

  private ApiAnswer control(APIGatewayV2HTTPEvent event, Client client) {
    String id = Http.pathParameter(event, "request_id");
    return switch (String.valueOf(event.getRouteKey())) {
      case CANCEL_ROUTE -> answer(cancelJob.cancel(id, client.name()));
      case REPLAY_ROUTE -> answer(replayWebhook.replay(id, client.name()));
      case TEST_ROUTE -> test(event, client);
      default -> ApiAnswer.notFound("There is nothing at this method and path.");
    };
  }

  private static ApiAnswer answer(CancelJob.Result result) {
    return switch (result) {
      case CancelJob.Result.Cancelled(Job job) -> ApiAnswer.json(200, StatusBody.status(job));
      case CancelJob.Result.TooLate(Job job) ->
          ApiAnswer.conflict(
              job.hasEnded()
                  ? "The job has ended %s already; its result is kept.".formatted(job.status())
                  : "The job was handed to Pixal3D, which has no cancel. It goes on, may be"
                      + " charged, and its result is kept.");
      case CancelJob.Result.NotFound() -> ApiAnswer.noSuchRequest();
    };
  }

  private static ApiAnswer answer(ReplayWebhook.Result result) {
    return switch (result) {
      case ReplayWebhook.Result.OnItsWay(Job job) -> ApiAnswer.json(202, JobBodies.replay(job));
      case ReplayWebhook.Result.NotEnded(Job job) ->
          ApiAnswer.conflict(
              "The job is %s. Its event is sent by itself once it has ended."
                  .formatted(job.status()));
      case ReplayWebhook.Result.NoWebhook() ->
          ApiAnswer.conflict("The job was submitted without an X-Webhook-URL.");
      case ReplayWebhook.Result.NotFound() -> ApiAnswer.noSuchRequest();
    };
  }

  private ApiAnswer test(APIGatewayV2HTTPEvent event, Client client) {
    if (WebhookSignature.usable(client.webhookSecrets()).isEmpty()) {
      return ApiAnswer.conflict(
          "You have no usable webhook secret. Ask the operator of this service for one.");
    }
    return switch (testReader.read(Http.body(event))) {
      case WebhookTestReader.Invalid(var faults) -> ApiAnswer.badRequest(faults);
      case WebhookTestReader.Valid(var url) -> {
        TestWebhook.Result result = testWebhook.send(client, url);
        yield ApiAnswer.json(
            200, JobBodies.webhookTest(result.webhookId(), result.body(), result.receipt()));
      }
    };
  }

  @Override
  public Setting queue() {
    return Setting.NOTIFY_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    rehearse(rehearsal, CANCEL_ROUTE, rehearsal.newJob());
    rehearse(rehearsal, REPLAY_ROUTE, rehearsal.endedJob());
    String test = "{\"url\": \"" + rehearsal.webhookUrl() + "\"}";
    rehearsal.request(this::answer, TEST_ROUTE, Map.of(), Map.of(), test);
  }

  private void rehearse(Rehearsal rehearsal, String route, Job job) {
    var id = Map.of("request_id", job.id().value());
    rehearsal.request(this::answer, route, id, Map.of(), null);
  }
}
