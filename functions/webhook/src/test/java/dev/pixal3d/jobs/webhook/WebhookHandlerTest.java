package dev.pixal3d.jobs.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
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
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final String COMPLETED =
      """
      {"request_id":"%s","status":"COMPLETED","error":null,\
      "output":{"media_url":["https://pub-1.r2.dev/v1/output.glb"],"media_type":"model/glb"}}
      """
          .formatted(Jobs.UPSTREAM_ID);

  private final WebhookHandler handler = new WebhookHandler(WORLD.environment());
  private final RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();

  @BeforeEach
  void create_a_job_that_pixal3d_accepted() {
    var lifecycle = new Lifecycle(Jobs.SETTINGS);
    Job job =
        lifecycle
            .accept(id, FunctionWorld.CLIENT, Jobs.order(WebhookMode.TERMINAL), Jobs.START)
            .job();
    WORLD.store().create(job);
    Event accepted = new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
    WORLD.store().save(job, Jobs.after(lifecycle, job, Jobs.START, accepted));
  }

  @Test
  void takes_what_pixal3d_calls_back() {
    assertThat(callback(token(), COMPLETED).getStatusCode()).isEqualTo(200);

    assertThat(status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void takes_a_duplicate() {
    callback(token(), COMPLETED);

    assertThat(callback(token(), COMPLETED).getStatusCode()).isEqualTo(200);
  }

  @Test
  void tells_a_forger_nothing() {
    APIGatewayV2HTTPResponse forged = callback("forged", COMPLETED);

    assertThat(forged.getStatusCode()).isEqualTo(404);
    assertThat(forged.getBody())
        .isEqualTo("{\"error\":\"Not Found\",\"message\":\"There is nothing here.\"}");
    assertThat(status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void refuses_what_is_no_report() {
    assertThat(callback(token(), "no JSON").getStatusCode()).isEqualTo(400);
    assertThat(callback(token(), null).getStatusCode()).isEqualTo(400);
  }

  @Test
  void refuses_what_is_too_large() {
    assertThat(callback(token(), "x".repeat(65 * 1024)).getStatusCode()).isEqualTo(413);
  }

  @Test
  void refuses_a_report_about_another_upstream_job() {
    String others = COMPLETED.replace(Jobs.UPSTREAM_ID, "pixal3d_another");

    assertThat(callback(token(), others).getStatusCode()).isEqualTo(403);
    assertThat(status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void asks_for_another_call_in_its_own_trouble() {
    var broken = new WebhookHandler(WORLD.environment("TABLE_NAME", "no-such-table"));

    assertThat(broken.handleRequest(event(token(), COMPLETED), TestContext.PLENTY).getStatusCode())
        .isEqualTo(500);
  }

  private JobStatus status() {
    return WORLD.store().load(id).orElseThrow().status();
  }

  private String token() {
    String url =
        new CallbackTokens(() -> List.of("a-secret"))
            .callbackUrl(URI.create("https://api.example.com"), id)
            .toString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private APIGatewayV2HTTPResponse callback(String token, @Nullable String body) {
    return handler.handleRequest(event(token, body), TestContext.PLENTY);
  }

  private com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent event(
      String token, @Nullable String body) {
    return Events.http(
        "POST /callbacks/{request_id}/{token}",
        "/callbacks/" + id + "/" + token,
        Map.of("request_id", id.value(), "token", token),
        Map.of("content-type", "application/json"),
        body);
  }
}
