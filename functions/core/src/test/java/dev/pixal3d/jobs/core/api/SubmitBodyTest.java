package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.Submits.EXAMPLE;
import static dev.pixal3d.jobs.core.api.Submits.IMAGE;
import static dev.pixal3d.jobs.core.api.Submits.SMALLEST;
import static dev.pixal3d.jobs.core.api.Submits.faults;
import static dev.pixal3d.jobs.core.api.Submits.onlyFault;
import static dev.pixal3d.jobs.core.api.Submits.read;
import static dev.pixal3d.jobs.core.api.Submits.valid;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitBodyTest {
  private static final int MAX_BYTES = 262_144;

  @Test
  void the_example_of_the_page_is_valid_and_is_forwarded_without_its_spaces() {
    assertThat(valid(read(EXAMPLE)).request().json()).isEqualTo(EXAMPLE.replaceAll("\\s", ""));
  }

  @Test
  void members_are_forwarded_in_the_order_in_which_they_came_and_numbers_as_they_were_written() {
    String body =
        """
        {"seed" : 18446744073709551615, "remesh":null, "mesh_scale": 7.50,
         "image_url":"https:\\/\\/example.com\\/dog.png", "ss_rescale_t": 1E-7,
         "tex_slat_rescale_t": 0.10000000000000000001}
        """;
    assertThat(valid(read(body)).request().json())
        .isEqualTo(
            "{\"seed\":18446744073709551615,\"mesh_scale\":7.50,"
                + IMAGE
                + ",\"ss_rescale_t\":1E-7,\"tex_slat_rescale_t\":0.10000000000000000001}");
  }

  @Test
  void all_faults_of_body_and_headers_come_in_one_answer() {
    assertThat(
            faults(
                read(
                    "{\"seed\":1.5,\"resolution\":\"1024\",\"texture_sise\":2048,\"seed\":2}",
                    Map.of(
                        "Content-Type", "text/plain",
                        "X-Webhook-URL", "http://your-server.com",
                        "X-Webhook-Mode", "often",
                        "Idempotency-Key", "two words"))))
        .extracting(Fault::field)
        .containsExactly(
            "Content-Type",
            "X-Webhook-URL",
            "X-Webhook-Mode",
            "Idempotency-Key",
            "seed",
            "resolution",
            "texture_sise",
            "seed",
            "image_url");
  }

  @Test
  void faults_found_before_the_json_breaks_are_told_too() {
    assertThat(faults(read("{\"seed\":1.5,\"resolution\":}")))
        .extracting(Fault::field)
        .containsExactly("seed", "body");
  }

  @Test
  void of_many_faults_the_first_50_are_listed_and_the_rest_counted() {
    String members =
        IntStream.range(0, 60).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
    assertThat(faults(read("{" + IMAGE + "," + members + "}")))
        .hasSize(51)
        .endsWith(new Fault("body", "has 10 more faults that are not listed here"));
  }

  @Test
  void a_missing_body_is_refused() {
    assertThat(
            onlyFault(
                new SubmitRequestReader(false)
                    .read(Headers.of(Map.of("Content-Type", "application/json")), null)))
        .isEqualTo("body must be given: a JSON object with at least an image_url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t"})
  void an_empty_body_is_refused(String body) {
    assertThat(onlyFault(read(body)))
        .isEqualTo("body must be given: a JSON object with at least an image_url");
  }

  @Test
  void a_body_of_256_kib_is_read() {
    assertThat(valid(read(padded(MAX_BYTES))).request().json()).isEqualTo(SMALLEST);
  }

  @Test
  void a_body_of_more_than_256_kib_is_refused() {
    assertThat(onlyFault(read(padded(MAX_BYTES + 1))))
        .isEqualTo("body must be at most 262144 bytes long, but has 262145");
  }

  @Test
  void a_byte_order_mark_is_refused() {
    assertThat(onlyFault(read("\uFEFF" + SMALLEST)))
        .isEqualTo("body must not begin with a byte order mark: send plain UTF-8 (RFC 8259, 8.1)");
  }

  @Test
  void another_encoding_is_refused_with_the_place() {
    assertThat(onlyFault(read("{\"größe\":1}".getBytes(ISO_8859_1))))
        .isEqualTo("body must be UTF-8, but is not from byte 5 on");
  }

  @Test
  void utf_16_is_refused() {
    assertThat(onlyFault(read(SMALLEST.getBytes(UTF_16))))
        .isEqualTo("body must be UTF-8, but is not from byte 1 on");
  }

  @Test
  void a_character_that_is_encoded_in_too_many_bytes_is_refused() {
    byte[] body = SMALLEST.getBytes(UTF_8);
    body[2] = (byte) 0xC0;
    body[3] = (byte) 0xAF;
    assertThat(onlyFault(read(body))).isEqualTo("body must be UTF-8, but is not from byte 3 on");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []            | an array
          [{}]          | an array
          "image_url"   | the string 'image_url'
          12            | 12
          true          | true
          null          | null
          """)
  void anything_but_an_object_is_refused(String body, String shown) {
    assertThat(onlyFault(read(body))).isEqualTo("body must be a JSON object, but is " + shown);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"seed":1,}             | line 1, column 11: '}'
          {'seed':1}              | line 1, column 2: ''seed':1}'
          {seed:1}                | line 1, column 2: 'seed:1}'
          {"seed":007}            | line 1, column 10: '07}'
          {"seed":+1}             | line 1, column 10: '1}'
          {"mesh_scale":.5}       | line 1, column 15: '.5}'
          {"mesh_scale":1.}       | line 1, column 16: '.}'
          {"mesh_scale":0x10}     | line 1, column 16: 'x10}'
          {"remesh":True}         | line 1, column 11: 'True}'
          {"remesh":truefalse}    | line 1, column 11: 'truefalse}'
          {"seed":1 /* comment */}| line 1, column 11: '/* comment */}'
          {"seed":1,              | line 1, column 11
          {"seed" 1}              | line 1, column 9: '1}'
          {"seed":1]              | line 1, column 10: ']'
          image_url=https://a.com | line 1, column 1: 'image_url=https://a.'
          """)
  void broken_json_is_refused_with_the_place(String body, String place) {
    assertThat(faults(read(body)))
        .contains(new Fault("body", "must be valid JSON, but is not at " + place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void a_number_that_is_none_is_refused(String literal) {
    assertThat(onlyFault(read("{" + IMAGE + ",\"mesh_scale\":" + literal + "}")))
        .startsWith("body must be valid JSON, but is not at line 1, column ");
  }

  @Test
  void the_place_counts_lines() {
    assertThat(onlyFault(read("{\n  " + IMAGE + ",\n  \"seed\": one\n}")))
        .isEqualTo("body must be valid JSON, but is not at line 3, column 11: 'one\\u000a}'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"seed", "{\"seed\"", "{\"seed\":", "{\"x\":[1,[2"})
  void json_that_ends_too_early_is_refused(String body) {
    assertThat(faults(read(body)).getLast().sentence())
        .startsWith("body must be valid JSON, but ends too early at line 1, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "\"x\"", "null"})
  void more_json_after_the_end_is_refused(String more) {
    assertThat(onlyFault(read(SMALLEST + " " + more)))
        .isEqualTo("body must be one JSON object with nothing after it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "}", ",", "\u0000"})
  void other_text_after_the_end_is_refused(String more) {
    assertThat(onlyFault(read(SMALLEST + more))).startsWith("body must be valid JSON, but is not");
  }

  @Test
  void absurd_depth_is_refused() {
    assertThat(onlyFault(read("{\"seed\":" + "[".repeat(100_000))))
        .isEqualTo("body must not nest objects and arrays deeper than 32 levels");
  }

  @Test
  void what_a_stranger_sent_is_shown_short_and_harmless() {
    String hostile = "\\u001b[31m\\u202e\\ud800\\u0000" + "x".repeat(1000);
    assertThat(faults(read("{" + IMAGE + ",\"" + hostile + "\":1}")).getFirst().field())
        .isEqualTo("\\u001b[31m\\u202e\\ud800\\u0000" + "x".repeat(52) + "…");
  }

  private static String padded(int bytes) {
    return SMALLEST + " ".repeat(bytes - SMALLEST.length());
  }
}
