package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that strays from infra/openapi.yaml does not pass. */
class ApiContractTest {
  private static final String STATUS_PATH =
      "/v2/requests/status/pixal3d_01980000-0000-7000-8000-000000000000";
  private static final String QUEUED =
      """
      {"request_id":"pixal3d_01980000-0000-7000-8000-000000000000","status":"QUEUED","model_id":"pixal3d",\
      "error":null,"output":null,"created_at":"2026-05-22T13:17:32.110Z",\
      "updated_at":"2026-05-22T13:17:32.110Z","completed_at":null}\
      """;
  private static final String NOT_FOUND =
      "{\"error\":\"Not Found\",\"message\":\"There is nothing here.\"}";
  private static final Map<String, String> HEADERS =
      Map.of("content-type", "application/json", "x-request-id", "1", "etag", "\"1\"");

  @Test
  void an_answer_as_it_is_described_passes() {
    assertPasses("GET", STATUS_PATH, 200, with("retry-after", "5"), QUEUED);
    assertPasses("GET", STATUS_PATH, 304, without("content-type"), "");
    assertPasses("GET", STATUS_PATH, 304, with("content-type", "text/plain"), "");
    assertPasses("GET", STATUS_PATH, 404, HEADERS, NOT_FOUND);
  }

  @Test
  void a_status_code_that_is_not_described_does_not() {
    assertFails("GET", STATUS_PATH, 418, HEADERS, NOT_FOUND, "418");
  }

  @Test
  void neither_does_another_content_type() {
    assertFails(
        "GET", STATUS_PATH, 200, with("content-type", "text/plain"), QUEUED, "application/json");
  }

  @Test
  void nor_one_without_a_required_header() {
    assertFails("GET", STATUS_PATH, 200, without("x-request-id"), QUEUED, "X-Request-Id");
    assertFails("GET", STATUS_PATH, 304, without("etag"), "", "ETag");
  }

  @Test
  void nor_a_header_that_is_not_what_it_should_be() {
    assertFails("GET", STATUS_PATH, 200, with("retry-after", "soon"), QUEUED, "integer expected");
  }

  @Test
  void nor_a_body_that_lacks_a_member_or_has_one_too_many() {
    assertFails("GET", STATUS_PATH, 200, HEADERS, QUEUED.replace("\"output\":null,", ""), "output");
    assertFails("GET", STATUS_PATH, 200, HEADERS, QUEUED.replace("{", "{\"secret\":1,"), "secret");
    assertFails("GET", STATUS_PATH, 200, HEADERS, "", "no response body");
  }

  @Test
  void nor_a_body_whose_members_contradict_each_other() {
    assertFails("GET", STATUS_PATH, 200, HEADERS, QUEUED.replace("QUEUED", "FAILED"), "/error");
  }

  @Test
  void nor_a_time_in_another_form() {
    assertFails(
        "GET",
        STATUS_PATH,
        200,
        HEADERS,
        QUEUED.replace("2026-05-22T13:17:32.110Z", "2026-05-22 13:17:32"),
        "/created_at");
  }

  @Test
  void what_is_not_there_has_to_be_a_404_in_the_shape_of_all_errors() {
    assertPasses("GET", "/nothing/%00/%ff", 404, HEADERS, NOT_FOUND);
    assertPasses("DELETE", STATUS_PATH, 404, HEADERS, NOT_FOUND);
    assertFails("GET", "/nothing", 200, HEADERS, QUEUED, "/nothing");
    assertFails("DELETE", STATUS_PATH, 200, HEADERS, QUEUED, "DELETE");
    assertFails("GET", "/nothing", 404, HEADERS, "{\"message\":\"Not Found\"}", "error");
    assertFails("GET", "/nothing", 404, without("x-request-id"), NOT_FOUND, "X-Request-Id");
  }

  private static void assertPasses(
      String method, String path, int status, Map<String, String> headers, String body) {
    assertThatCode(() -> check(method, path, status, headers, body)).doesNotThrowAnyException();
  }

  private static void assertFails(
      String method,
      String path,
      int status,
      Map<String, String> headers,
      String body,
      String reason) {
    assertThatThrownBy(() -> check(method, path, status, headers, body))
        .isInstanceOf(AssertionError.class)
        .extracting(failure -> reasons(String.valueOf(failure.getMessage())))
        .asString()
        .contains(reason);
  }

  /** The lines between what was asked and what was answered. */
  private static String reasons(String message) {
    return message.substring(message.indexOf("\n- "), message.indexOf("The answer:"));
  }

  private static void check(
      String method, String path, int status, Map<String, String> headers, String body) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    ApiContract.check(method, path, status, all, body);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put(name, value);
    return headers;
  }

  private static Map<String, String> without(String name) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.remove(name);
    return headers;
  }
}
