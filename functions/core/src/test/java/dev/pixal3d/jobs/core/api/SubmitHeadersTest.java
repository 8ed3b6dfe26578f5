package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.Submits.SMALLEST;
import static dev.pixal3d.jobs.core.api.Submits.onlyFault;
import static dev.pixal3d.jobs.core.api.Submits.read;
import static dev.pixal3d.jobs.core.api.Submits.valid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.api.SubmitRequestReader.Result;
import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitHeadersTest {

  @Test
  void without_webhook_headers_there_is_no_webhook_and_the_mode_is_terminal() {
    assertThat(valid(read(SMALLEST)))
        .extracting(SubmitRequest::webhookUrl, SubmitRequest::webhookMode)
        .containsExactly(null, WebhookMode.TERMINAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "application/json; profile=x"
      })
  void content_type_takes_json(String contentType) {
    assertThat(valid(withHeader("Content-Type", contentType)).request().json()).isEqualTo(SMALLEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/problem+json",
        "application/jsonp",
        "application/jſon",
        "application/json,application/json"
      })
  void content_type_refuses_another_media_type(String contentType) {
    assertThat(onlyFault(withHeader("Content-Type", contentType)))
        .isEqualTo("Content-Type must be application/json, but is '" + contentType + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset"
      })
  void content_type_refuses_another_charset(String contentType) {
    assertThat(onlyFault(withHeader("Content-Type", contentType)))
        .isEqualTo("Content-Type must name no charset or utf-8: '" + contentType + "'");
  }

  @Test
  void content_type_must_be_given() {
    assertThat(
            onlyFault(
                new SubmitRequestReader(false)
                    .read(Headers.of(Map.of()), SMALLEST.getBytes(UTF_8))))
        .isEqualTo("Content-Type must be given: application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://your-server.com/webhook/callback",
        "https://your-server.com:8443/hook?a=1,2",
        "HTTPS://your-server.com",
        "https://192.0.2.1/hook"
      })
  void webhook_url_takes_an_https_address(String address) {
    assertThat(valid(withHeader("X-Webhook-URL", address)).webhookUrl())
        .isEqualTo(URI.create(address));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                               | must begin with https://
          http://your-server.com/hook      | must begin with https://
          http://localhost:9000/hook       | must begin with https://
          ftp://your-server.com/hook       | must begin with https://
          your-server.com/hook             | must begin with https://
          https:///hook                    | must name a host, as in https://example.com/
          https://my_server.com/hook       | must name a host of letters, digits, hyphens and dots
          https://me:pw@your-server.com/   | must not hold a user name or password
          https://your-server.com/hook#top | must not have a fragment (#)
          https://your-server.com/a b      | is not a valid URL at character 26: percent-encode what a URL cannot hold, such as spaces (%20)
          https://a.com/x,https://b.com/y  | must be sent once, with one address
          https://a.com/x, HTTP://b.com/y  | must be sent once, with one address
          """)
  void webhook_url_refuses_everything_else(String address, String complaint) {
    assertThat(onlyFault(withHeader("X-Webhook-URL", address)))
        .isEqualTo("X-Webhook-URL " + complaint);
  }

  @Test
  void webhook_url_refuses_2049_characters() {
    assertThat(onlyFault(withHeader("X-Webhook-URL", "https://a.com/" + "a".repeat(2035))))
        .isEqualTo("X-Webhook-URL must be at most 2048 characters long, but has 2049");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/hook",
        "http://localhost:9000/hook",
        "http://127.0.0.1:9000/hook",
        "https://your-server.com/hook"
      })
  void locally_webhook_url_takes_plain_http_on_the_own_machine(String address) {
    assertThat(valid(locally(address)).webhookUrl()).isEqualTo(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://your-server.com/hook",
        "http://127.0.0.2/hook",
        "http://[::1]/hook",
        "http://localhost.your-server.com/hook",
        "http://local_host/hook",
        "ftp://localhost/hook"
      })
  void locally_webhook_url_refuses_plain_http_on_any_other_machine(String address) {
    assertThat(onlyFault(locally(address)))
        .isEqualTo(
            "X-Webhook-URL must begin with https://, or with http:// on localhost or 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"terminal, TERMINAL", "sync, SYNC", "Sync, SYNC"})
  void webhook_mode_takes_the_two_words_of_the_page(String word, WebhookMode mode) {
    assertThat(valid(withHeader("X-Webhook-Mode", word)).webhookMode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "async", "sync,sync", "terminal, sync", "ſync", "termİnal"})
  void webhook_mode_refuses_every_other_word(String word) {
    assertThat(onlyFault(withHeader("X-Webhook-Mode", word)))
        .isEqualTo("X-Webhook-Mode must be terminal or sync, but is '" + word + "'");
  }

  @Test
  void idempotency_key_takes_every_visible_ascii_character() {
    StringBuilder visible = new StringBuilder();
    for (char character = '!'; character <= '~'; character++) {
      visible.append(character);
    }
    assertThat(valid(withHeader("Idempotency-Key", visible.toString())).idempotencyKey())
        .isEqualTo(visible.toString());
  }

  @Test
  void idempotency_key_takes_255_characters() {
    assertThat(valid(withHeader("Idempotency-Key", "k".repeat(255))).idempotencyKey()).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "tab\tbed", "schlüssel", "del\u007f"})
  void idempotency_key_refuses_everything_else(String key) {
    assertThat(onlyFault(withHeader("Idempotency-Key", key)))
        .isEqualTo("Idempotency-Key must be 1 to 255 visible ASCII characters without spaces");
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 8192})
  void idempotency_key_refuses_more_than_255_characters(int length) {
    assertThat(onlyFault(withHeader("Idempotency-Key", "k".repeat(length))))
        .startsWith("Idempotency-Key must be 1 to 255 ");
  }

  @Test
  void a_submit_shows_no_address_and_no_key_in_a_log() {
    SubmitRequest submit =
        valid(
            read(
                SMALLEST,
                Map.of("X-Webhook-URL", "https://secret.com/", "Idempotency-Key", "secret")));
    assertThat(submit)
        .hasToString("SubmitRequest[GenerateRequest[43 characters], webhookMode=TERMINAL]");
  }

  private static Result withHeader(String name, String value) {
    return read(SMALLEST, Map.of(name, value));
  }

  private static Result locally(String address) {
    return read(
        new SubmitRequestReader(true), SMALLEST.getBytes(UTF_8), Map.of("X-Webhook-URL", address));
  }
}
