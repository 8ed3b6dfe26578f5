package dev.pixal3d.jobs.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApiAnswerTest {

  @Test
  void an_empty_wallet_is_told_in_the_words_of_the_page() {
    assertThat(ApiAnswer.insufficientBalance().body())
        .isEqualTo(
            """
            {"error":"Insufficient Balance","message":"Your wallet does not have enough balance."}\
            """);
  }

  @Test
  void an_unknown_model_is_told_in_the_words_of_the_page() {
    assertThat(ApiAnswer.modelNotFound("pixal3d").body())
        .isEqualTo(
            """
            {"error":"Model not found","message":"Model 'pixal3d' not found or is disabled"}\
            """);
  }

  @Test
  void an_unknown_model_is_shown_short() {
    assertThat(ApiAnswer.modelNotFound("m".repeat(8192)).body()).hasSizeLessThan(200);
  }

  @Test
  void a_single_fault_is_the_message_too() {
    assertThat(ApiAnswer.badRequest(List.of(new Fault("image_url", "must be given"))).body())
        .isEqualTo(
            """
            {"error":"Bad Request","message":"image_url must be given",\
            "details":[{"field":"image_url","message":"must be given"}]}\
            """);
  }

  @Test
  void of_several_faults_the_message_names_the_first_and_points_to_the_details() {
    assertThat(
            ApiAnswer.badRequest(
                    List.of(new Fault("seed", "is odd"), new Fault("remesh", "is even")))
                .body())
        .isEqualTo(
            """
            {"error":"Bad Request",\
            "message":"seed is odd (and more: see details)",\
            "details":[{"field":"seed","message":"is odd"},{"field":"remesh","message":"is even"}]}\
            """);
  }

  @Test
  void what_needs_escaping_in_json_is_escaped() throws Exception {
    Fault fault = new Fault("\"\\\n€😀", "is \u0000");
    assertThat(
            new ObjectMapper()
                .readTree(ApiAnswer.badRequest(List.of(fault)).body())
                .at("/details/0/field")
                .textValue())
        .isEqualTo("\"\\\n€😀");
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(ApiAnswer.badRequest(List.of(new Fault("x", "y"))), 400, "Bad Request"),
        Arguments.of(ApiAnswer.modelNotFound("pixal4d"), 400, "Model not found"),
        Arguments.of(ApiAnswer.unauthorized(), 401, "Unauthorized"),
        Arguments.of(ApiAnswer.insufficientBalance(), 402, "Insufficient Balance"),
        Arguments.of(ApiAnswer.forbidden(), 403, "Forbidden"),
        Arguments.of(ApiAnswer.notFound("No such request."), 404, "Not Found"),
        Arguments.of(ApiAnswer.conflict("Too late."), 409, "Conflict"),
        Arguments.of(ApiAnswer.unprocessable(), 422, "Unprocessable Content"),
        Arguments.of(ApiAnswer.tooManyRequests(Duration.ofSeconds(1)), 429, "Too Many Requests"),
        Arguments.of(ApiAnswer.internalError(), 500, "Internal Server Error"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void each_error_has_its_status_and_name_in_the_shape_of_the_page(
      ApiAnswer answer, int status, String error) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    assertThat(answer.body())
        .startsWith("{\"error\":\"" + error + "\",\"message\":\"")
        .endsWith("}");
  }

  @ParameterizedTest
  @CsvSource({"PT2S, 2", "PT1.5S, 2", "PT0.001S, 1"})
  void a_throttled_client_is_told_how_many_whole_seconds_to_wait(Duration wait, String seconds) {
    assertThat(ApiAnswer.tooManyRequests(wait).headers()).containsEntry("Retry-After", seconds);
  }

  @Test
  void a_header_can_be_added() {
    assertThat(ApiAnswer.json(202, "{}").withHeader("Idempotency-Replayed", "true").headers())
        .containsEntry("Idempotency-Replayed", "true")
        .containsEntry("Content-Type", "application/json");
  }
}
