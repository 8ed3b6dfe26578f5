package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                     | body must be given, as {"url": "https://…"}, and have at most 8 KiB
          {                                      | body must be valid JSON:
          {"url":"https://a.com"} {}             | body must be valid JSON:
          {"url":"https://a.com","url":"x"}      | body must be valid JSON: Duplicate field 'url'
          []                                     | body must be a JSON object, as in {"url": "https://…"}
          "https://a.com"                        | body must be a JSON object, as in {"url": "https://…"}
          {}                                     | url must be given, as a string
          {"url":null}                           | url must be given, as a string
          {"url":1}                              | url must be given, as a string
          {"url":"http://a.com"}                 | url must begin with https://
          {"url":"ftp://a.com/"}                 | url must begin with https://
          {"url":"https://user:pw@a.com"}        | url must not hold a user name or password
          {"url":"https://a.com:22/"}            | url must name port 443 or 8443, or none
          {"url":"https://a.com","x":1}          | x is unknown. Only url is taken
          """)
  void refuses_anything_else_with_a_sentence(String body, String sentence) {
    assertThat(onlyFault(body.getBytes(UTF_8))).startsWith(sentence);
  }

  @Test
  void refuses_to_read_no_body() {
    assertThat(onlyFault(null)).startsWith("body must be given");
  }

  @Test
  void refuses_a_body_of_more_than_8_kib_whatever_is_in_it() {
    assertThat(reader.read(ofLength(8 * 1024))).isInstanceOf(WebhookTestReader.Valid.class);
    assertThat(onlyFault(ofLength(8 * 1024 + 1))).startsWith("body must be given");
  }

  @Test
  void refuses_what_is_no_text_at_all() {
    byte[] noCharacterInUtf32 = {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};

    assertThat(onlyFault(noCharacterInUtf32)).isEqualTo("body must be UTF-8");
  }

  private static byte[] ofLength(int bytes) {
    String request = "{\"url\": \"https://example.com\"}";
    return (request + " ".repeat(bytes - request.length())).getBytes(UTF_8);
  }

  private String onlyFault(byte @Nullable [] body) {
    assertThat(reader.read(body)).isInstanceOf(WebhookTestReader.Invalid.class);
    var invalid = (WebhookTestReader.Invalid) reader.read(body);
    assertThat(invalid.faults()).hasSize(1);
    return invalid.faults().getFirst().sentence();
  }
}
