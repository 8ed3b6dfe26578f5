package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.GatewayClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that can be set, and whether a job was charged under each. */
final class FaultTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "400, Model not found",
    "401, Unauthorized",
    "402, Insufficient Balance",
    "403, Forbidden",
    "429, Too Many Requests",
    "500, Internal Server Error",
  })
  void a_refused_submit_has_the_pages_error_body_and_no_job(int code, String error)
      throws IOException {
    try (Rig rig = Rig.start(folder, "submit=" + code)) {
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()));

      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.text("error")).isEqualTo(error);
      assertThat(answer.text("message")).isNotEmpty();
      assertThat(charged(rig)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "502, 502, 0",
    "503, 503, 0",
    "504, 504, 0",
    "500-after-accept, 500, 1",
    "502-after-accept, 502, 1",
    "504-after-accept, 504, 1",
  })
  void a_proxys_error_is_no_json(String submit, int code, int charged) throws IOException {
    try (Rig rig = Rig.start(folder, "submit=" + submit)) {
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()));

      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.header("Content-Type")).isEqualTo("text/html");
      assertThat(charged(rig)).isEqualTo(charged);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drop-before-accept, 0",
    "drop-after-accept, 1",
    "hang, 0",
    "hang-after-accept, 1",
  })
  void a_connection_can_end_without_an_answer(String submit, int charged) throws IOException {
    try (Rig rig = Rig.start(folder, "submit=" + submit, "hang-seconds=0.1")) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> rig.client().submit(Map.of("image_url", rig.image())));
      assertThat(charged(rig)).isEqualTo(charged);
    }
  }

  @Test
  void an_unanswered_job_ends_and_is_called_back_all_the_same() throws IOException {
    try (Rig rig = Rig.start(folder, "submit=drop-after-accept")) {
      String hook = rig.world().hook().toString();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(
              () -> rig.client().submit(Map.of("image_url", rig.image()), "X-Webhook-URL", hook));

      assertThat(rig.callbacks(1).getFirst().path("status").asText()).isEqualTo("COMPLETED");
    }
  }

  @Test
  void an_accepted_submit_can_be_answered_without_its_id() throws IOException {
    try (Rig rig = Rig.start(folder, "submit=no-request-id")) {
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()));

      assertThat(answer.code()).isEqualTo(202);
      assertThat(answer.json().has("request_id")).isFalse();
      assertThat(charged(rig)).isEqualTo(1);
    }
  }

  @Test
  void an_accepted_submit_can_be_answered_with_a_text() throws IOException {
    try (Rig rig = Rig.start(folder, "submit=not-json")) {
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()));

      assertThat(answer.code()).isEqualTo(202);
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(answer::json);
      assertThat(charged(rig)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "503"})
  void retry_after_is_sent_when_it_is_set(String submit) throws IOException {
    try (Rig rig = Rig.start(folder, "submit=" + submit, "retry-after-seconds=7")) {
      assertThat(rig.client().submit("{}").header("Retry-After")).isEqualTo("7");
    }
  }

  @Test
  void retry_after_is_not_sent_when_it_is_not_set() throws IOException {
    try (Rig rig = Rig.start(folder, "submit=429")) {
      assertThat(rig.client().submit("{}").header("Retry-After")).isEmpty();
    }
  }

  @Test
  void a_late_answer_comes_after_the_job_was_charged() throws IOException {
    try (Rig rig = Rig.start(folder, "answer-delay-seconds=0.4")) {
      Instant before = Instant.now();
      Answer answer = rig.client().submit(Map.of("image_url", rig.image()));
      Instant charged = Instant.parse(rig.seenJob().path("created_at").asText());

      assertThat(answer.code()).isEqualTo(202);
      assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(400));
      assertThat(charged).isBefore(Instant.now().minusMillis(399));
    }
  }

  @Test
  void a_fraction_of_the_submits_meets_the_fault_the_same_for_the_same_seed() throws IOException {
    try (Rig rig = Rig.start(folder, "glb=off", "submit=402", "submit-fault-fraction=0.5")) {
      List<Integer> codes = codesOfTwenty(rig);
      rig.simulator().change(Map.of("seed", "1"));

      assertThat(codes).contains(202, 402);
      assertThat(codesOfTwenty(rig)).isEqualTo(codes);
    }
  }

  @ParameterizedTest
  @CsvSource({"404, Not Found", "500, Internal Server Error"})
  void a_status_read_can_be_refused(int code, String error) throws IOException {
    try (Rig rig = Rig.start(folder, "status=" + code)) {
      Answer answer = rig.client().status(rig.submitted());

      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.text("error")).isEqualTo(error);
    }
  }

  @Test
  void a_status_read_can_hang() throws IOException {
    try (Rig rig = Rig.start(folder, "status=hang", "hang-seconds=0.1")) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> rig.client().status(rig.submitted()));
    }
  }

  @Test
  void a_status_read_can_be_answered_with_a_text() throws IOException {
    try (Rig rig = Rig.start(folder, "status=not-json")) {
      Answer answer = rig.client().status(rig.submitted());

      assertThat(answer.code()).isEqualTo(200);
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(answer::json);
    }
  }

  @Test
  void jobs_can_end_failed_and_stay_charged() throws IOException {
    try (Rig rig = Rig.start(folder, "result=failed")) {
      JsonNode report = rig.ended(rig.submitted());

      assertThat(report.path("status").asText()).isEqualTo("FAILED");
      assertThat(report.path("error").asText()).isNotEmpty();
      assertThat(charged(rig)).isEqualTo(1);
    }
  }

  @Test
  void jobs_can_end_in_error_and_are_not_charged_then() throws IOException {
    try (Rig rig = Rig.start(folder, "result=error")) {
      assertThat(rig.ended(rig.submitted()).path("status").asText()).isEqualTo("ERROR");
      assertThat(charged(rig)).isZero();
    }
  }

  @Test
  void with_glb_off_no_image_is_fetched_and_there_is_a_glb_all_the_same() throws IOException {
    try (Rig rig = Rig.start(folder, "glb=off")) {
      String requestId =
          rig.client()
              .submit(Map.of("image_url", "http://127.0.0.1:1/none.png"))
              .text("request_id");

      assertThat(rig.ended(requestId).path("status").asText()).isEqualTo("COMPLETED");
      assertThat(rig.client().get("/media/v1/" + requestId + "/output.glb").bytes())
          .startsWith('g', 'l', 'T', 'F');
    }
  }

  private static List<Integer> codesOfTwenty(Rig rig) {
    return IntStream.range(0, 20)
        .mapToObj(_ -> rig.client().submit(Map.of("image_url", rig.image())).code())
        .toList();
  }

  private static int charged(Rig rig) {
    return rig.stats().path("charged").asInt(-1);
  }
}
