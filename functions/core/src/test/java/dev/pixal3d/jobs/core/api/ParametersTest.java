package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.Submits.bodyWith;
import static dev.pixal3d.jobs.core.api.Submits.faults;
import static dev.pixal3d.jobs.core.api.Submits.onlyFault;
import static dev.pixal3d.jobs.core.api.Submits.read;
import static dev.pixal3d.jobs.core.api.Submits.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table "Request Parameters" of Pixal3D's page, row by row. */
class ParametersTest {

  /** What each type takes and what it does not; literals stand as they would in the JSON. */
  private enum Type {
    SEED(
        "0 1 -1 -0 42 9223372036854775807 9223372036854775808 -9223372036854775808"
            + " 18446744073709551615",
        "18446744073709551616 -9223372036854775809 1.5 1.0 1e3 \"1\" true [] {}"),
    COUNT("1 12 2147483647", "0 -1 2147483648 12.0 1.5 1e3 \"12\" true false [12] {\"n\":12}"),
    FLOAT(
        "0 1 -1 5 7.5 7.50 0.7 -0.0 1E-7 75e-1 1.7976931348623157e308 1e-999999999",
        "1e400 -1e400 1e999999999 1e99999999999999999999 \"7.5\" true [] {}"),
    RESOLUTION("1024 1536", "1025 0 -1024 2048 1024.0 1.024e3 \"1024\" true [] {}"),
    TEXTURE_SIZE("1024 2048 4096", "512 8192 2048.0 2048.5 4.096e3 \"2048\" false [] {}"),
    BOOLEAN("true false", "0 1 \"true\" \"\" [] {}");

    private final String taken;
    private final String refused;

    Type(String taken, String refused) {
      this.taken = taken;
      this.refused = refused;
    }
  }

  /** The table's rows but for image_url, whose rules stand in a test of their own. */
  private static final Map<String, Type> TABLE =
      Map.ofEntries(
          Map.entry("seed", Type.SEED),
          Map.entry("resolution", Type.RESOLUTION),
          Map.entry("ss_guidance_strength", Type.FLOAT),
          Map.entry("ss_guidance_rescale", Type.FLOAT),
          Map.entry("ss_sampling_steps", Type.COUNT),
          Map.entry("ss_rescale_t", Type.FLOAT),
          Map.entry("shape_slat_guidance_strength", Type.FLOAT),
          Map.entry("shape_slat_guidance_rescale", Type.FLOAT),
          Map.entry("shape_slat_sampling_steps", Type.COUNT),
          Map.entry("shape_slat_rescale_t", Type.FLOAT),
          Map.entry("tex_slat_guidance_strength", Type.FLOAT),
          Map.entry("tex_slat_guidance_rescale", Type.FLOAT),
          Map.entry("tex_slat_sampling_steps", Type.COUNT),
          Map.entry("tex_slat_rescale_t", Type.FLOAT),
          Map.entry("mesh_scale", Type.FLOAT),
          Map.entry("max_num_tokens", Type.COUNT),
          Map.entry("decimation_target", Type.COUNT),
          Map.entry("texture_size", Type.TEXTURE_SIZE),
          Map.entry("remesh", Type.BOOLEAN));

  static Stream<Arguments> taken() {
    return cases(type -> type.taken);
  }

  static Stream<Arguments> refused() {
    return cases(type -> type.refused);
  }

  private static Stream<Arguments> cases(Function<Type, String> literals) {
    return TABLE.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(row ->
            Stream.of(literals.apply(row.getValue()).split(" "))
                .map(literal -> Arguments.of(row.getKey(), literal)));
  }

  @Test
  void the_table_and_the_page_have_the_same_rows() {
    assertThat(Arrays.stream(Parameter.values()).map(Parameter::jsonName))
        .hasSize(20)
        .containsAll(TABLE.keySet())
        .contains("image_url");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void taken(String parameter, String literal) {
    assertThat(valid(read(bodyWith(parameter, literal))).request().json())
        .isEqualTo(bodyWith(parameter, literal));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refused(String parameter, String literal) {
    assertThat(faults(read(bodyWith(parameter, literal))))
        .extracting(Fault::field)
        .containsExactly(parameter);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void null_counts_as_not_given(String parameter) {
    assertThat(valid(read(bodyWith(parameter, "null"))).request().json())
        .isEqualTo(Submits.SMALLEST);
  }

  static Stream<String> rows() {
    return TABLE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed              | "1"    | seed must be an integer from -9223372036854775808 to 18446744073709551615, but is the string '1'
          ss_sampling_steps | 12.0   | ss_sampling_steps must be an integer from 1 to 2147483647, but is 12.0
          resolution        | 2048   | resolution must be 1024 or 1536, but is 2048
          texture_size      | [2048] | texture_size must be 1024, 2048 or 4096, but is an array
          mesh_scale        | {}     | mesh_scale must be a number, but is an object
          mesh_scale        | 1e400  | mesh_scale must be a finite number, at most 1.7976931348623157e308, but is 1e400
          remesh            | 1      | remesh must be true or false, but is 1
          """)
  void a_fault_tells_what_to_send_and_what_came(String name, String literal, String sentence) {
    assertThat(onlyFault(read(bodyWith(name, literal)))).isEqualTo(sentence);
  }

  @Test
  void a_number_of_100_characters_is_taken() {
    String literal = "0." + "7".repeat(98);

    assertThat(valid(read(bodyWith("mesh_scale", literal))).request().json()).contains(literal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "mesh_scale", "decimation_target"})
  void a_number_of_more_than_100_characters_is_refused(String parameter) {
    String literal = "1" + "0".repeat(100);
    assertThat(onlyFault(read(bodyWith(parameter, literal)))).contains("1" + "0".repeat(79) + "…");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "https://example.com/dog.png",
        "http://example.com/dog.png",
        "HTTPS://EXAMPLE.COM",
        "https://example.com:8443/dog.png?size=1&name=a%20b#top",
        "https://my_bucket.s3.amazonaws.com/dog.png",
        "https://_images.example.com/dog.png",
        "https://my_bucket.example.com:65535/dog.png",
        "https://example.com:1/~me/dog.png",
        "https://example.com:65535/dog.png",
        "https://192.0.2.1/dog.png",
        "https://[2001:db8::1]/dog.png",
        "http://localhost/dog.png"
      })
  void image_url_takes_an_address_of_the_web(String address) {
    assertThat(valid(read(imageUrl(address))).request().json()).isEqualTo(imageUrl(address));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                              | must begin with http:// or https://
          dog.png                         | must begin with http:// or https://
          //example.com/dog.png           | must begin with http:// or https://
          ftp://example.com/dog.png       | must begin with http:// or https://
          file:///etc/passwd              | must begin with http:// or https://
          data:image/png;base64,AAAA      | must begin with http:// or https://
          javascript:alert(1)             | must begin with http:// or https://
          http:dog.png                    | must name a host, as in https://example.com/
          https:///dog.png                | must name a host, as in https://example.com/
          https://a,b/dog.png             | must name a host, as in https://example.com/
          https://example.com:port/       | must name a host, as in https://example.com/
          https://example.com:99999999999/| must name a host, as in https://example.com/
          https://example.com:0/          | must name a port from 1 to 65535, or none
          https://example.com:65536/      | must name a port from 1 to 65535, or none
          https://my_host:65536/          | must name a port from 1 to 65535, or none
          https://me@example.com/         | must not hold a user name or password
          https://me:secret@my_host/      | must not hold a user name or password
          https://example.com/a b.png     | is not a valid URL at character 22: percent-encode what a URL cannot hold, such as spaces (%20)
          https://example.com/a b/größe   | is not a valid URL at character 22: percent-encode what a URL cannot hold, such as spaces (%20)
          https://example.com/größe.png   | is not a valid URL at character 23: percent-encode what a URL cannot hold, such as spaces (%20)
          https://example.com/%zz         | is not a valid URL at character 21: percent-encode what a URL cannot hold, such as spaces (%20)
          https://example.com/{x}         | is not a valid URL at character 21: percent-encode what a URL cannot hold, such as spaces (%20)
          https://                        | is not a valid URL at character 9: percent-encode what a URL cannot hold, such as spaces (%20)
          """)
  void image_url_refuses_what_is_no_address_of_the_web(String address, String complaint) {
    assertThat(onlyFault(read(imageUrl(address)))).isEqualTo("image_url " + complaint);
  }

  @Test
  void image_url_takes_2048_characters() {
    assertThat(valid(read(imageUrl(addressOf(2048)))).request().json()).hasSize(2048 + 16);
  }

  @Test
  void image_url_refuses_2049_characters() {
    assertThat(onlyFault(read(imageUrl(addressOf(2049)))))
        .isEqualTo("image_url must be at most 2048 characters long, but has 2049");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"image_url\":null}"})
  void image_url_must_be_given(String body) {
    assertThat(onlyFault(read(body))).isEqualTo("image_url must be given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[\"https://example.com\"]", "{}"})
  void image_url_must_be_a_string(String literal) {
    assertThat(onlyFault(read("{\"image_url\":" + literal + "}")))
        .startsWith("image_url must be a string, the image's address, but is ");
  }

  @ParameterizedTest
  @CsvSource({
    "texture_sise, texture_size",
    "textureSize, texture_size",
    "Image_URL, image_url",
    "image-url, image_url",
    "img_url, image_url",
    "sed, seed",
    "ss_sampling_step, ss_sampling_steps",
    "tex_slat_guidance_rescal, tex_slat_guidance_rescale",
    "guidance_strength, ss_guidance_strength"
  })
  void an_unknown_member_is_refused_with_the_nearest_known_name(String sent, String meant) {
    assertThat(onlyFault(read(bodyWith(sent, "1"))))
        .isEqualTo(sent + " is not a parameter. Did you mean '" + meant + "'?");
  }

  @Test
  void an_unknown_member_that_is_like_no_known_name_is_refused_with_all_of_them() {
    assertThat(onlyFault(read(bodyWith("prompt", "\"a dog\""))))
        .startsWith("prompt is not a parameter. The parameters are: image_url, seed, resolution, ")
        .endsWith(", texture_size, remesh");
  }

  @Test
  void an_unknown_member_is_refused_even_if_it_is_null() {
    assertThat(onlyFault(read(bodyWith("texture_sise", "null")))).contains("'texture_size'");
  }

  @Test
  void a_member_that_is_given_twice_is_refused() {
    assertThat(onlyFault(read("{%s,\"seed\":1,\"s\\u0065ed\":null}".formatted(Submits.IMAGE))))
        .isEqualTo("seed must be given only once");
  }

  private static String imageUrl(String address) {
    return "{\"image_url\":\"" + address + "\"}";
  }

  private static String addressOf(int length) {
    String start = "https://example.com/";
    return start + "a".repeat(length - start.length());
  }
}
