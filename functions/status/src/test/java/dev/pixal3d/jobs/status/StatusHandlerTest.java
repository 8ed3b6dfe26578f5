package dev.pixal3d.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final String TIMELINE = "GET /v2/requests/{request_id}/timeline";
  private static final String STATUS = "GET /v2/requests/status/{request_id}";
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);

  private final StatusHandler handler = new StatusHandler(WORLD.environment());
  private final RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();

  @Test
  void tells_of_a_completed_job_as_the_page_says() {
    create(FunctionWorld.CLIENT, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    APIGatewayV2HTTPResponse response = status(id.value(), FunctionWorld.API_KEY);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody())
        .isEqualTo(
            """
            {"request_id":"%s","status":"COMPLETED","model_id":"pixal3d","error":null,\
            "output":{"media_url":["https://pub-1.r2.dev/v1/output.glb"],"media_type":"model/glb"},\
            "created_at":"2026-05-22T13:17:32.110Z","updated_at":"2026-05-22T13:17:33.110Z",\
            "completed_at":"2026-05-22T13:17:33.110Z"}\
            """
                .formatted(id));
  }

  @Test
  void tells_of_a_failed_job_as_the_page_says() {
    create(FunctionWorld.CLIENT, new Event.CalledBack(Jobs.report(JobStatus.ERROR)));

    assertThat(status(id.value(), FunctionWorld.API_KEY).getBody())
        .startsWith(
            """
            {"request_id":"%s","status":"ERROR","model_id":"pixal3d","error":"upstream's words",\
            "output":null,\
            """
                .formatted(id));
  }

  @Test
  void tells_of_a_queued_job() {
    create(FunctionWorld.CLIENT);

    assertThat(status(id.value(), FunctionWorld.API_KEY).getBody())
        .contains("\"status\":\"QUEUED\"", "\"output\":null", "\"completed_at\":null");
  }

  @Test
  void does_not_tell_another_clients_job_from_one_that_is_not_there() {
    create("another client");

    APIGatewayV2HTTPResponse others = status(id.value(), FunctionWorld.API_KEY);
    APIGatewayV2HTTPResponse missing =
        status("pixal3d_019e0000-0000-7000-8000-00000000dead", FunctionWorld.API_KEY);

    assertThat(others.getStatusCode()).isEqualTo(404);
    assertThat(others).usingRecursiveComparison().isEqualTo(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate#dispatch", "client#acme", "", "pixal3d_x", "../..", "key#00"})
  void looks_nothing_up_that_has_not_the_form_of_an_id(String notAnId) {
    assertThat(status(notAnId, FunctionWorld.API_KEY).getStatusCode()).isEqualTo(404);
  }

  @Test
  void tells_nobody_without_a_key() {
    create(FunctionWorld.CLIENT);

    assertThat(status(id.value(), "nobody's").getStatusCode()).isEqualTo(401);
    assertThat(status(id.value(), FunctionWorld.DISABLED_KEY).getStatusCode()).isEqualTo(403);
  }

  @Test
  void names_the_request_in_every_answer() {
    assertThat(status(id.value(), "nobody's").getHeaders())
        .containsEntry("X-Request-Id", "request-1");
  }

  @Test
  void says_when_to_ask_again_until_the_job_has_ended() {
    create(FunctionWorld.CLIENT);
    assertThat(status(id.value(), FunctionWorld.API_KEY).getHeaders())
        .containsEntry("Retry-After", "5");

    end(JobStatus.COMPLETED);
    assertThat(status(id.value(), FunctionWorld.API_KEY).getHeaders())
        .doesNotContainKey("Retry-After");
  }

  @Test
  void sends_no_body_to_a_client_that_has_it() {
    create(FunctionWorld.CLIENT);
    String tag = status(id.value(), FunctionWorld.API_KEY).getHeaders().get("ETag");

    APIGatewayV2HTTPResponse same = ask(STATUS, Map.of("if-none-match", "\"x\", W/" + tag));
    end(JobStatus.FAILED);
    APIGatewayV2HTTPResponse changed = ask(STATUS, Map.of("if-none-match", String.valueOf(tag)));

    assertThat(same.getStatusCode()).isEqualTo(304);
    assertThat(same.getBody()).isEmpty();
    assertThat(same.getHeaders()).containsEntry("ETag", tag);
    assertThat(changed.getStatusCode()).isEqualTo(200);
  }

  @Test
  void queues_a_poll_for_a_job_that_pixal3d_is_silent_about() {
    create(FunctionWorld.CLIENT, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

    status(id.value(), FunctionWorld.API_KEY);
    status(id.value(), FunctionWorld.API_KEY);

    assertThat(WORLD.take("PollQueue")).contains(new JobMessage.Poll(id, 2, Duration.ZERO));
    assertThat(WORLD.take("PollQueue")).isEmpty();
  }

  @Test
  void tells_what_happened_to_a_job_and_nothing_secret() {
    Job job =
        LIFECYCLE
            .accept(
                id, FunctionWorld.CLIENT, Jobs.orderWithWebhook(WebhookMode.TERMINAL), Jobs.START)
            .job();
    WORLD.store().create(job);
    end(JobStatus.COMPLETED);

    APIGatewayV2HTTPResponse timeline = ask(TIMELINE, Map.of());

    assertThat(timeline.getBody())
        .isEqualTo(
            """
            {"request_id":"%s","status":"COMPLETED","events":[\
            {"at":"2026-05-22T13:17:32.110Z","event":"accepted","detail":"","count":1,\
            "last_at":"2026-05-22T13:17:32.110Z"},\
            {"at":"2026-05-22T13:17:33.110Z","event":"accepted by Pixal3D","detail":"","count":1,\
            "last_at":"2026-05-22T13:17:33.110Z"},\
            {"at":"2026-05-22T13:17:33.110Z","event":"called back","detail":"COMPLETED","count":1,\
            "last_at":"2026-05-22T13:17:33.110Z"},\
            {"at":"2026-05-22T13:17:33.110Z","event":"ended","detail":"COMPLETED","count":1,\
            "last_at":"2026-05-22T13:17:33.110Z"}],\
            "webhook":{"endpoint":"https://client.example.com:443","mode":"terminal",\
            "state":"owed","webhook_id":"msg_%s","next_attempt_at":"2026-05-22T13:17:33.110Z",\
            "attempts":[]}}\
            """
                .formatted(id, id.value().substring("pixal3d_".length())));
  }

  @Test
  void lists_only_the_clients_own_jobs() {
    create(FunctionWorld.CLIENT);
    RequestId others = new RequestIds(InstantSource.system(), new SecureRandom()).get();
    WORLD
        .store()
        .create(
            LIFECYCLE
                .accept(others, "another", Jobs.order(WebhookMode.TERMINAL), Jobs.START)
                .job());

    APIGatewayV2HTTPResponse list = list(Map.of("limit", "100"));

    assertThat(list.getStatusCode()).isEqualTo(200);
    assertThat(list.getBody()).contains(id.value()).doesNotContain(others.value());
  }

  @Test
  void says_what_is_wrong_with_a_query() {
    APIGatewayV2HTTPResponse list = list(Map.of("limit", "1000"));

    assertThat(list.getStatusCode()).isEqualTo(400);
    assertThat(list.getBody()).contains("limit must be a whole number from 1 to 100");
  }

  @Test
  void answers_paths_that_are_not_there_in_the_shape_of_every_error() {
    var event = Events.http("$default", "/nowhere", Map.of(), Map.of(), null);

    APIGatewayV2HTTPResponse response = handler.handleRequest(event, TestContext.PLENTY);

    assertThat(response.getStatusCode()).isEqualTo(404);
    assertThat(response.getBody()).startsWith("{\"error\":\"Not Found\",\"message\":\"");
  }

  private void create(String client, Event... events) {
    Job job = LIFECYCLE.accept(id, client, Jobs.order(WebhookMode.TERMINAL), Jobs.START).job();
    WORLD.store().create(job);
    for (Event event : events) {
      WORLD.store().save(job, Jobs.after(LIFECYCLE, job, Jobs.START.plusSeconds(1), event));
    }
  }

  private void end(JobStatus status) {
    Job job = WORLD.store().load(id).orElseThrow();
    Job ended =
        Jobs.after(
            LIFECYCLE, job, Jobs.START.plusSeconds(1), new Event.CalledBack(Jobs.report(status)));
    WORLD.store().save(job, ended);
  }

  private APIGatewayV2HTTPResponse ask(String route, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("ocp-apim-subscription-key", FunctionWorld.API_KEY);
    return handler.handleRequest(
        Events.http(route, "/v2", Map.of("request_id", id.value()), all, null), TestContext.PLENTY);
  }

  private APIGatewayV2HTTPResponse list(Map<String, String> query) {
    APIGatewayV2HTTPEvent event =
        Events.http(
            "GET /v2/requests",
            "/v2/requests",
            Map.of(),
            Map.of("ocp-apim-subscription-key", FunctionWorld.API_KEY),
            null);
    event.setQueryStringParameters(query);
    return handler.handleRequest(event, TestContext.PLENTY);
  }

  private APIGatewayV2HTTPResponse status(String requestId, String key) {
    return handler.handleRequest(
        Events.http(
            STATUS,
            "/v2/requests/status/" + requestId,
            Map.of("request_id", requestId),
            Map.of("ocp-apim-subscription-key", key),
            null),
        TestContext.PLENTY);
  }
}
