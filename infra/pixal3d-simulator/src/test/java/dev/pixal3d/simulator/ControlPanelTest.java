package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.GatewayClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator's own endpoints. */
final class ControlPanelTest {
  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void settings_are_shown() throws IOException {
    assertThat(rig.client().get("/simulator/settings").json())
        .isEqualTo(Json.MAPPER.readTree(Json.bytes(rig.simulator().settings().values())));
  }

  @Test
  void settings_are_changed_from_the_next_request_on() {
    Answer changed = rig.client().patchSettings("{\"submit\": \"402\", \"queued-seconds\": 1.5}");

    assertThat(changed.code()).isEqualTo(200);
    assertThat(changed.json().path("queued-seconds").asDouble()).isEqualTo(1.5);
    assertThat(rig.client().submit("{}").code()).isEqualTo(402);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"submit\": \"402\", \"colour\": 1}",
        "{\"submit\": \"x\"}",
        "[]",
        "",
        "{\"seed\": {}}"
      })
  void settings_that_are_not_understood_change_nothing(String body) {
    Map<String, Object> before = rig.simulator().settings().values();

    Answer answer = rig.client().patchSettings(body);

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.text("message")).isNotEmpty();
    assertThat(rig.simulator().settings().values()).isEqualTo(before);
  }

  @Test
  void jobs_are_listed_with_their_requests_as_they_were_received() {
    String body =
        "{\"image_url\":\"%s\",\"seed\":18446744073709551615,\"mesh_scale\":0.1,\"x\":null}"
            .formatted(rig.image());
    String requestId = rig.client().submit(body).text("request_id");
    rig.ended(requestId);

    JsonNode job = rig.seenJob();

    assertThat(job.path("request_id").asText()).isEqualTo(requestId);
    assertThat(job.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(job.path("charged").asBoolean()).isTrue();
    assertThat(job.path("image_url").asText()).isEqualTo(rig.image().toString());
    assertThat(job.path("callback_url").isNull()).isTrue();
    assertThat(job.path("request").toString()).isEqualTo(body);
  }

  @Test
  void stats_count_what_came_in() {
    String requestId = rig.submitted();
    rig.client().submit("{}");
    rig.client().status(requestId);

    JsonNode stats = rig.stats();

    assertThat(stats.path("submits_received").asInt()).isEqualTo(2);
    assertThat(stats.path("submits_in_flight").asInt()).isZero();
    assertThat(stats.path("status_polls").asInt()).isEqualTo(1);
    assertThat(stats.path("jobs").asInt()).isEqualTo(1);
    assertThat(stats.path("charged").asInt()).isEqualTo(1);
  }

  @Test
  void stats_know_how_many_submits_there_were_at_once() {
    rig.simulator().change(Map.of("answer-delay-seconds", "1", "glb", "off"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              Stream.generate(() -> CompletableFuture.runAsync(rig::submitted, threads))
                  .limit(5)
                  .toArray(CompletableFuture[]::new))
          .join();
    }

    assertThat(rig.stats().path("submits_in_flight_max").asInt()).isBetween(2, 5);
  }
}
