package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.GatewayClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is posted to the webhook of a submit. */
final class CallbackTest {
  @TempDir private Path folder;

  @Test
  void in_terminal_mode_the_end_alone_is_reported_as_the_status_endpoint_has_it()
      throws IOException {
    try (Rig rig = Rig.start(folder)) {
      String requestId = rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      assertThat(rig.callbacks(1)).containsExactly(rig.ended(requestId));
      awaitSettled(rig, 1);
    }
  }

  @Test
  void in_sync_mode_each_poll_cycle_is_reported_and_then_the_end() throws IOException {
    try (Rig rig =
        Rig.start(folder, "queued-seconds=1", "processing-seconds=1", "poll-seconds=0.1")) {
      String requestId =
          rig.submitted("X-Webhook-URL", rig.world().hook().toString(), "X-Webhook-Mode", "sync");
      JsonNode end = rig.ended(requestId);
      await().until(() -> statuses(rig).contains("COMPLETED"));

      assertThat(statuses(rig).getLast()).isEqualTo("COMPLETED");
      assertThat(rig.world().callbacks().getLast()).isEqualTo(end);
      assertThat(statuses(rig)).isSortedAccordingTo((one, other) -> rank(one) - rank(other));
      assertThat(statuses(rig)).filteredOn("QUEUED"::equals).hasSizeGreaterThan(1);
      assertThat(statuses(rig)).filteredOn("PROCESSING"::equals).hasSizeGreaterThan(1);
      assertThat(statuses(rig)).filteredOn("COMPLETED"::equals).hasSize(1);
    }
  }

  @Test
  void a_terminal_callback_that_is_not_taken_is_tried_three_times() throws IOException {
    try (Rig rig = Rig.start(folder)) {
      rig.world().answerNext(500, 302, 503);
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      assertThat(rig.callbacks(3)).hasSize(3).containsOnly(rig.callbacks(3).getFirst());
      awaitSettled(rig, 3);
      assertThat(rig.stats().path("callbacks_failed").asInt()).isEqualTo(3);
      assertThat(rig.stats().path("callbacks_delivered").asInt()).isZero();
    }
  }

  @Test
  void a_terminal_callback_that_is_taken_at_last_is_not_tried_again() throws IOException {
    try (Rig rig = Rig.start(folder)) {
      rig.world().answerNext(500, 204);
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      awaitSettled(rig, 2);
      assertThat(rig.stats().path("callbacks_delivered").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "http://localhost.example/x",
        "http://127.0.0.1.example/x",
        "ftp://127.0.0.1/x",
        "/x",
        "https:",
        "http://[bad",
      })
  void a_webhook_that_is_neither_https_nor_on_this_machine_is_answered_400(String url)
      throws IOException {
    try (Rig rig = Rig.start(folder)) {
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()), "X-Webhook-URL", url);

      assertThat(answer.code()).isEqualTo(400);
      assertThat(answer.text("message"))
          .isEqualTo("X-Webhook-URL must be an https URL (http is taken on this machine only)");
    }
  }

  @Test
  void an_unknown_mode_is_answered_400() throws IOException {
    try (Rig rig = Rig.start(folder)) {
      Answer answer =
          rig.client()
              .submit(
                  Map.of("image_url", rig.image()),
                  "X-Webhook-URL",
                  "https://hooks.example",
                  "X-Webhook-Mode",
                  "often");

      assertThat(answer.text("message")).isEqualTo("X-Webhook-Mode must be terminal or sync");
    }
  }

  @Test
  void lost_callbacks_are_not_sent() throws IOException {
    try (Rig rig = Rig.start(folder, "callbacks=lost")) {
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      await().until(() -> rig.stats().path("callbacks_lost").asInt() == 1);
      assertThat(rig.world().callbacks()).isEmpty();
    }
  }

  @Test
  void doubled_callbacks_come_twice() throws IOException {
    try (Rig rig = Rig.start(folder, "callbacks=doubled")) {
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      awaitSettled(rig, 2);
      assertThat(rig.callbacks(2).getFirst()).isEqualTo(rig.callbacks(2).getLast());
    }
  }

  @Test
  void late_callbacks_come_by_the_delay_after_the_end() throws IOException {
    try (Rig rig = Rig.start(folder, "callbacks=late", "callback-delay-seconds=0.5")) {
      Instant before = Instant.now();
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      assertThat(rig.callbacks(1)).hasSize(1);
      assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(500));
    }
  }

  @Test
  void out_of_order_callbacks_end_with_a_processing() throws IOException {
    try (Rig rig = Rig.start(folder, "callbacks=out-of-order")) {
      rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      awaitSettled(rig, 2);
      assertThat(statuses(rig)).containsExactly("COMPLETED", "PROCESSING");
      assertThat(rig.world().callbacks().getLast().path("output").isNull()).isTrue();
    }
  }

  @Test
  void the_loss_is_the_same_for_the_same_seed() throws IOException {
    List<Integer> lost = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      try (Rig rig =
          Rig.start(
              folder.resolve("round" + round), "glb=off", "callback-loss-fraction=0.5", "seed=7")) {
        for (int job = 0; job < 20; job++) {
          rig.submitted("X-Webhook-URL", rig.world().hook().toString());
        }
        await()
            .until(() ->
                rig.stats().path("callbacks_lost").asInt()
                        + rig.stats().path("callbacks_delivered").asInt()
                    == 20);
        lost.add(rig.stats().path("callbacks_lost").asInt());
      }
    }

    assertThat(lost.getFirst()).isBetween(1, 19).isEqualTo(lost.getLast());
  }

  @Test
  void a_foreign_media_host_can_be_had_in_callbacks_alone() throws IOException {
    try (Rig rig = Rig.start(folder, "callback-media-base-url=https://evil.example/")) {
      String requestId = rig.submitted("X-Webhook-URL", rig.world().hook().toString());

      assertThat(rig.callbacks(1).getFirst().at("/output/media_url/0").asText())
          .isEqualTo("https://evil.example/media/v1/" + requestId + "/output.glb");
      assertThat(rig.ended(requestId).at("/output/media_url/0").asText())
          .startsWith(rig.simulator().baseUri().toString());
    }
  }

  private static void awaitSettled(Rig rig, int callbacksSent) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(rig.seenJob().path("callback_owed").asBoolean(true)).isFalse();
          assertThat(rig.seenJob().path("callbacks_sent").asInt()).isEqualTo(callbacksSent);
        });
  }

  private static List<String> statuses(Rig rig) {
    return rig.world().callbacks().stream()
        .map(callback -> callback.path("status").asText())
        .toList();
  }

  private static int rank(String status) {
    return List.of("QUEUED", "PROCESSING", "COMPLETED").indexOf(status);
  }
}
