package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not belong in a request is refused with a clear word, and nothing comes of it. */
@OnSharedStack
class BadInputIT {
  private static final String GOOD = "{\"image_url\": \"https://example.com/dog.png\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Client client;
  private final Simulator pixal3d;

  BadInputIT(Client client, Simulator pixal3d) {
    this.client = client;
    this.pixal3d = pixal3d;
  }

  /** A body and the field that its fault is told of. */
  enum BadBody {
    NO_JSON("image_url=https://example.com/dog.png", "body"),
    BROKEN_OFF("{\"image_url\": \"https://exam", "body"),
    ARRAY("[]", "body"),
    NOTHING("", "body"),
    SECOND_OBJECT(GOOD + GOOD, "body"),
    ABYSS("{\"seed\": " + "[".repeat(100_000), "body"),
    OVER_256_KIB(GOOD + " ".repeat(256 * 1024), "body"),
    UNKNOWN_MEMBER(with("\"texture_sice\": 1024"), "texture_sice"),
    MEMBER_TWICE(with("\"image_url\": \"https://example.com/cat.png\""), "image_url"),
    NUMBER_AS_TEXT(with("\"resolution\": \"1024\""), "resolution"),
    NO_PICTURE("{\"seed\": 1}", "image_url"),
    FILE("{\"image_url\": \"file:///etc/passwd\"}", "image_url"),
    UNENCODED_URL("{\"image_url\": \"https://bücher.example/🐕\"}", "image_url"),
    NAME_IN_ANOTHER_SCRIPT(with("\"画像\": 1"), "画像");

    private final String body;
    private final String field;

    BadBody(String body, String field) {
      this.body = body;
      this.field = field;
    }

    private static String with(String member) {
      return GOOD.replace("}", ", " + member + "}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadBodyIsABadRequestThatNamesTheField(BadBody bad) {
    assertIsBadRequest(client.submitBody(bad.body), bad.field);
  }

  /** A header's value and the field that its fault is told of. */
  enum BadHeader {
    PLAIN_HTTP_WEBHOOK("X-Webhook-URL", "http://client.example/hook"),
    LONG_WEBHOOK("X-Webhook-URL", "https://client.example/" + "x".repeat(8 * 1024)),
    WEBHOOK_WITH_PASSWORD("X-Webhook-URL", "https://user:password@client.example/hook"),
    UNKNOWN_MODE("X-Webhook-Mode", "always"),
    LONG_KEY("Idempotency-Key", "x".repeat(8 * 1024));

    private final String name;
    private final String value;

    BadHeader(String name, String value) {
      this.name = name;
      this.value = value;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadHeaderIsABadRequestThatNamesIt(BadHeader bad) {
    assertIsBadRequest(client.submit(bad.name, bad.value), bad.name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1"
      })
  void anotherContentTypeIsABadRequest(String contentType) {
    assertIsBadRequest(submitAs(contentType), "Content-Type");
  }

  @Test
  void noContentTypeIsABadRequest() {
    HttpRequest request =
        client.request(Client.SUBMIT_PATH).POST(BodyPublishers.ofString(GOOD)).build();

    assertIsBadRequest(client.send(request), "Content-Type");
  }

  @Test
  void nothingOfAllThisReachesPixal3d() {
    long submits = pixal3d.stat("submits_received");

    for (BadBody bad : BadBody.values()) {
      client.submitBody(bad.body);
    }
    for (BadHeader bad : BadHeader.values()) {
      client.submit(bad.name, bad.value);
    }
    client.ended(
        client.submitted(), PATIENCE); // What was queued before it has been sent before it.

    assertThat(pixal3d.stat("submits_received")).isEqualTo(submits + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /",
    "GET,    /pixal3d/v1/pixal3d-request",
    "DELETE, /v2/requests/status/pixal3d_01980000-0000-7000-8000-000000000000",
    "POST,   /v2/requests",
    "GET,    /simulator/jobs",
    "GET,    /%00/%ff?a=%F0%9F%90%95"
  })
  void anUnknownPathIsNotFound(String method, String path) {
    Answer answer =
        client.send(client.request(path).method(method, BodyPublishers.noBody()).build());

    assertThat(answer.code()).isEqualTo(404);
    assertHasThePagesErrorShape(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pixal3d_01980000-0000-7000-8000-000000000000",
        "pixal3d_01980000",
        "gate",
        "client%23local",
        "..%2F..%2Fetc%2Fpasswd",
        "%F0%9F%90%95"
      })
  void anUnknownJobIsNotFound(String id) {
    Answer answer = client.get("/v2/requests/status/" + id);

    assertThat(answer.code()).isEqualTo(404);
    assertHasThePagesErrorShape(answer);
  }

  @Test
  void anUnknownKeyIsUnauthorized() {
    assertIsUnauthorized(new Client(client.api(), "another-key").submit());
    assertIsUnauthorized(new Client(client.api(), "another-key").get("/v2/requests/status/x"));
  }

  @Test
  void noKeyIsUnauthorized() {
    HttpRequest request =
        HttpRequest.newBuilder(client.api().resolve(Client.SUBMIT_PATH))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(GOOD))
            .build();

    assertIsUnauthorized(client.send(request));
  }

  @Test
  void anotherModelIsNotFound() {
    HttpRequest request =
        client
            .request("/trellis/v1/trellis-request")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(GOOD))
            .build();

    Answer answer = client.send(request);

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.json())
        .isEqualTo(
            Answer.parse(
                """
                {
                  "error": "Model not found",
                  "message": "Model 'trellis' not found or is disabled"
                }
                """));
  }

  private Answer submitAs(String contentType) {
    return client.send(
        client
            .request(Client.SUBMIT_PATH)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(GOOD))
            .build());
  }

  private static void assertIsUnauthorized(Answer answer) {
    assertThat(answer.code()).isEqualTo(401);
    assertHasThePagesErrorShape(answer);
  }

  private static void assertIsBadRequest(Answer answer, String field) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(400);
    assertHasThePagesErrorShape(answer);
    assertThat(answer.json().path("details"))
        .extracting(fault -> fault.path("field").asText())
        .contains(field);
  }

  /** "Error Responses" on the page. */
  static void assertHasThePagesErrorShape(Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.text("error")).isNotBlank();
    assertThat(answer.text("message")).isNotBlank();
  }
}
