package dev.pixal3d.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final String ROUTE = "GET /v2/requests/status/{request_id}";
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

  private APIGatewayV2HTTPResponse status(String requestId, String key) {
    return handler.handleRequest(
        Events.http(
            ROUTE,
            "/v2/requests/status/" + requestId,
            Map.of("request_id", requestId),
            Map.of("ocp-apim-subscription-key", key),
            null),
        TestContext.PLENTY);
  }
}
