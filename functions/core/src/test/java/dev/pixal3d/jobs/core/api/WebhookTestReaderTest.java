package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTestReaderTest {
  private final WebhookTestReader reader = new WebhookTestReader(false);

  @Test
  void takes_an_https_address() {
    assertThat(reader.read("{\"url\": \"https://client.example.com:8443/hook\"}".getBytes(UTF_8)))
        .isEqualTo(new WebhookTestReader.Valid(URI.create("https://client.example.com:8443/hook")));
  }

  @Test
  void takes_plain_http_to_this_machine_only_where_that_is_allowed() {
    byte[] body = "{\"url\": \"http://localhost:9000/hook\"}".getBytes(UTF_8);

    assertThat(reader.read(body)).isInstanceOf(WebhookTestReader.Invalid.class);
    assertThat(new WebhookTestReader(true).read(body)).isInstanceOf(WebhookTestReader.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"https://example.com\"",
        "{}",
        "{\"url\": null}",
        "{\"url\": 1}",
        "{\"url\": \"http://example.com\"}",
        "{\"url\": \"https://user:pw@example.com\"}",
        "{\"url\": \"https://example.com:22/\"}",
        "{\"url\": \"ftp://example.com/\"}",
        "{\"url\": \"https://example.com\", \"url\": \"https://example.com\"}",
        "{\"url\": \"https://example.com\", \"x\": 1}",
        "{\"url\": \"https://example.com\"} {}",
      })
  void refuses_anything_else_with_a_sentence(String body) {
    assertThat(reader.read(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            WebhookTestReader.Invalid.class, invalid -> assertThat(invalid.faults()).hasSize(1));
  }
}
