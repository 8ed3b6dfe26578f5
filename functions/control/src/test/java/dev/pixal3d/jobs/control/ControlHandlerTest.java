package dev.pixal3d.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  private static final String CANCEL = "POST /v2/requests/{request_id}/cancel";
  private static final String REPLAY = "POST /v2/requests/{request_id}/webhook/replay";
  private static final String TEST = "POST /v2/webhooks/test";

  private final ControlHandler handler = new ControlHandler(WORLD.environment());
  private final RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();

  @Test
  void cancels_a_job_that_was_not_handed_over() {
    create();

    APIGatewayV2HTTPResponse response = ask(CANCEL, "");

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).contains("\"status\":\"CANCELLED\"", "It was not charged.");
  }

  @Test
  void says_honestly_that_a_job_that_was_handed_over_may_be_charged() {
    create(new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

    APIGatewayV2HTTPResponse response = ask(CANCEL, "");

    assertThat(response.getStatusCode()).isEqualTo(409);
    assertThat(response.getBody()).contains("Pixal3D, which has no cancel", "charged", "kept");
  }

  @Test
  void says_that_a_job_has_ended_already() {
    create(new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    assertThat(ask(CANCEL, "").getBody()).contains("ended COMPLETED already");
  }

  @Test
  void queues_an_event_that_is_to_be_replayed() {
    create(new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    APIGatewayV2HTTPResponse response = ask(REPLAY, "");

    assertThat(response.getStatusCode()).isEqualTo(202);
    assertThat(response.getBody())
        .contains("\"webhook_id\":\"msg_" + id.value().substring("pixal3d_".length()) + "\"");
    assertThat(WORLD.take("NotifyQueue"))
        .anyMatch(message -> message instanceof JobMessage.Notify to && to.id().equals(id));
  }

  @Test
  void replays_nothing_before_the_end() {
    create();

    assertThat(ask(REPLAY, "").getStatusCode()).isEqualTo(409);
  }

  @Test
  void does_not_find_what_is_not_there() {
    assertThat(ask(CANCEL, "").getStatusCode()).isEqualTo(404);
    assertThat(ask(REPLAY, "").getStatusCode()).isEqualTo(404);
  }

  @Test
  void tells_what_happened_when_a_webhook_was_tried() throws Exception {
    try (Socket boundButNotListening = new Socket()) {
      boundButNotListening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = boundButNotListening.getLocalPort();

      APIGatewayV2HTTPResponse response =
          ask(TEST, "{\"url\": \"http://127.0.0.1:%d/hook\"}".formatted(port));

      assertThat(response.getStatusCode()).isEqualTo(200);
      assertThat(response.getBody())
          .contains("\"delivered\":false", "\"http_status\":null", "\"signature\":\"v1,")
          .contains("\"webhook_id\":\"msg_test_");
    }
  }

  @Test
  void refuses_to_try_an_address_that_no_webhook_may_have() {
    assertThat(ask(TEST, "{\"url\": \"http://10.0.0.1/hook\"}").getStatusCode()).isEqualTo(400);
  }

  @Test
  void lets_nobody_in_without_a_key() {
    create();

    assertThat(ask(CANCEL, "", "nobody's").getStatusCode()).isEqualTo(401);
    assertThat(WORLD.store().load(id).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
  }

  private void create(Event... events) {
    Job job =
        LIFECYCLE
            .accept(
                id, FunctionWorld.CLIENT, Jobs.orderWithWebhook(WebhookMode.TERMINAL), Jobs.START)
            .job();
    WORLD.store().create(Jobs.after(LIFECYCLE, job, Jobs.START, events));
  }

  private APIGatewayV2HTTPResponse ask(String route, String body) {
    return ask(route, body, FunctionWorld.API_KEY);
  }

  private APIGatewayV2HTTPResponse ask(String route, String body, String key) {
    return handler.handleRequest(
        Events.http(
            route,
            "/v2",
            Map.of("request_id", id.value()),
            Map.of("ocp-apim-subscription-key", key, "content-type", "application/json"),
            body),
        TestContext.PLENTY);
  }
}
