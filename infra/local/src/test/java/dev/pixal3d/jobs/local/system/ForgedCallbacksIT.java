package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What strangers send to callback URLs. Pixal3D itself has ended the job here, calls nobody back
 * and is not to be polled for minutes: whatever the job then becomes, a forged callback made of it.
 */
class ForgedCallbacksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FOREIGN_MODEL = "https://evil.example/model.glb";

  private static final Map<String, JsonNode> BEFORE = new HashMap<>();

  private static RunningStack stack;
  private static Client client;
  private static Simulator pixal3d;

  @BeforeAll
  static void start() {
    stack =
        RunningStack.Launch.usual()
            .with(
                List.of(
                    "--simulate", "glb=off",
                    "--simulate", "callbacks=lost",
                    "--simulate", "queued-seconds=0.1",
                    "--simulate", "processing-seconds=0.1"))
            .start();
    client = stack.client();
    pixal3d = stack.simulator();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void aWrongTokenIsNotFound() {
    Simulator.Job job = endedUpstream();
    URI forged = job.callbackUrl().resolve("A".repeat(43));

    assertThat(post(forged, completed(job, FOREIGN_MODEL)).code()).isEqualTo(404);
    assertIsUnchanged(job);
  }

  @Test
  void theTokenOfAnotherJobIsNotFound() {
    Simulator.Job job = endedUpstream();
    String otherUrl = endedUpstream().callbackUrl().toString();
    URI forged = job.callbackUrl().resolve(otherUrl.substring(otherUrl.lastIndexOf('/') + 1));

    assertThat(post(forged, completed(job, FOREIGN_MODEL)).code()).isEqualTo(404);
    assertIsUnchanged(job);
  }

  @Test
  void anUpstreamIdThatIsNotOursIsForbidden() {
    Simulator.Job job = endedUpstream();
    Simulator.Job other = endedUpstream();

    assertThat(post(job.callbackUrl(), completed(other, FOREIGN_MODEL)).code()).isEqualTo(403);
    assertIsUnchanged(job);
  }

  @Test
  void aBodyOfMoreThan64KibIsTooLarge() {
    Simulator.Job job = endedUpstream();
    String report = completed(job, pixal3d.base() + "/model.glb");
    String padded = report + " ".repeat(65 * 1024 - report.length());

    assertThat(post(job.callbackUrl(), padded).code()).isEqualTo(413);
    assertIsUnchanged(job);
  }

  @Test
  void aBodyThatIsNotJsonIsABadRequest() {
    Simulator.Job job = endedUpstream();

    assertThat(post(job.callbackUrl(), "status=COMPLETED").code()).isEqualTo(400);
    assertIsUnchanged(job);
  }

  @Test
  void aModelOnAForeignHostIsNotBelievedButMakesUsAskPixal3d() {
    Simulator.Job job = endedUpstream();
    long polls = pixal3d.stat("status_polls");

    assertThat(post(job.callbackUrl(), completed(job, FOREIGN_MODEL)).code()).isEqualTo(200);

    JsonNode end = client.ended(job.ourId(), PATIENCE);
    assertThat(pixal3d.stat("status_polls")).isEqualTo(polls + 1);
    assertThat(end.path("output").path("media_url"))
        .singleElement()
        .satisfies(url -> assertThat(url.asText()).startsWith(pixal3d.base().toString()));
  }

  @Test
  void whatIsForgedInNothingIsBelieved() {
    Simulator.Job job = endedUpstream();
    String model = pixal3d.base() + "/model.glb";

    assertThat(post(job.callbackUrl(), completed(job, model)).code()).isEqualTo(200);
    assertThat(client.status(job.ourId()).path("output").path("media_url").path(0).asText())
        .isEqualTo(model);
  }

  /** A job that has ended at Pixal3D, which we have not heard of. */
  private static Simulator.Job endedUpstream() {
    String id = client.submitted();
    Simulator.Job job =
        await()
            .atMost(PATIENCE)
            .until(
                () -> pixal3d.jobs().stream().filter(seen -> seen.ourId().equals(id)).findFirst(),
                seen -> seen.isPresent() && seen.get().status().equals("COMPLETED"))
            .orElseThrow();
    BEFORE.put(id, client.status(id));
    assertThat(client.status(id).path("status").asText()).isEqualTo("QUEUED");
    return job;
  }

  private static void assertIsUnchanged(Simulator.Job job) {
    assertThat(client.status(job.ourId())).isEqualTo(BEFORE.get(job.ourId()));
  }

  private static String completed(Simulator.Job job, String model) {
    return """
    {"request_id": "%s", "status": "COMPLETED", "model_id": "pixal3d", "error": null,
     "output": {"media_url": ["%s"], "media_type": "model/glb"},
     "created_at": "2026-05-22T13:17:32.110Z", "updated_at": "2026-05-22 13:19:23",
     "completed_at": "2026-05-22 13:19:23"}
    """
        .formatted(job.requestId(), model);
  }

  private static Answer post(URI url, String body) {
    return client.send(
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
