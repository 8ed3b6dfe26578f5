package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.Submits.EXAMPLE;
import static dev.pixal3d.jobs.core.api.Submits.IMAGE;
import static dev.pixal3d.jobs.core.api.Submits.faults;
import static dev.pixal3d.jobs.core.api.Submits.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pixal3d.jobs.core.api.SubmitRequestReader.Invalid;
import dev.pixal3d.jobs.core.api.SubmitRequestReader.Result;
import dev.pixal3d.jobs.core.api.SubmitRequestReader.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer comes soon, is short, and is never an exception. */
class HostileBodiesTest {
  private static final int MAX_BYTES = 262_144;
  private static final int MUTATIONS = 20_000;

  /** Bodies of just under 256 KiB. A step per byte takes milliseconds, one per pair minutes. */
  static Stream<Named<String>> hugeBodies() {
    return Stream.of(
        Named.of("open arrays", filled("{\"x\":", "[", "")),
        Named.of("open objects", filled("", "{\"x\":", "")),
        Named.of("unknown members", members(i -> "\"x" + i + "\":1")),
        Named.of("near misses", members(i -> "\"shape_slat_guidance_strengt" + i + "\":1")),
        Named.of("names of one hash", members(HostileBodiesTest::nameOfOneHash)),
        Named.of("one member again and again", members(i -> "\"seed\":" + i)),
        Named.of("a long name", filled("{\"", "x", "\":1}")),
        Named.of("a long known name", filled("{\"", "image_url", "\":1}")),
        Named.of("a long integer", filled("{\"seed\":", "9", "}")),
        Named.of("a long float", filled("{\"mesh_scale\":0.", "1", "}")),
        Named.of("a long exponent", filled("{\"mesh_scale\":1e", "9", "}")),
        Named.of("a long string", filled("{\"seed\":\"", "x", "\"}")),
        Named.of("a long address", filled("{\"image_url\":\"https://", "a.", "\"}")),
        Named.of("a long string of escapes", filled("{\"seed\":\"", "\\u0000", "\"}")),
        Named.of("an endless string", filled("{\"seed\":\"", "x", "")),
        Named.of("an endless word", filled("{\"remesh\":", "t", "")),
        Named.of("a long array", filled("{\"seed\":[1", ",1", "]}")),
        Named.of("blanks", filled("", " ", "")),
        Named.of("lines", filled("{", "\n", "}")),
        Named.of("quotes", filled("", "\"", "")),
        Named.of("backslashes", filled("{\"x", "\\\\", "")),
        Named.of("minus signs", filled("{\"seed\":", "-", "}")));
  }

  @ParameterizedTest
  @MethodSource("hugeBodies")
  @Timeout(2)
  void a_huge_body_is_refused_soon_and_shortly(String body) {
    assertThat(ApiAnswer.badRequest(faults(read(body))).body()).hasSizeLessThan(64 * 1024);
  }

  /**
   * The small letter of this one has two characters, which costs {@code toLowerCase} a copy each.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "X-Webhook-Mode"})
  @Timeout(2)
  void a_long_header_is_refused_soon(String name) {
    assertThat(read(Submits.SMALLEST, Map.of(name, "\u0130".repeat(MAX_BYTES))))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void names_of_one_hash_really_have_one() {
    assertThat(IntStream.range(0, 1000).mapToObj(HostileBodiesTest::wordOfOneHash))
        .doesNotHaveDuplicates()
        .extracting(String::hashCode)
        .containsOnly("Aa".repeat(16).hashCode());
  }

  @Test
  @Timeout(60)
  void a_mangled_body_is_valid_or_invalid_and_never_an_exception() {
    Random random = new Random(20_261_123);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = mangled(random);
      assertThatCode(() -> answer(read(body)))
          .as(() -> "Body " + Arrays.toString(body))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void mangling_makes_valid_and_invalid_bodies() {
    Random random = new Random(20_261_123);
    List<Result> results = Stream.generate(() -> read(mangled(random))).limit(2_000).toList();
    assertThat(results.stream().filter(Valid.class::isInstance)).hasSizeBetween(50, 1_950);
  }

  @Test
  @Timeout(60)
  void a_mangled_header_is_valid_or_invalid_and_never_an_exception() {
    Random random = new Random(20_261_124);
    for (int i = 0; i < MUTATIONS; i++) {
      Map<String, String> headers =
          Map.of(
              "Content-Type", mangled("application/json; charset=utf-8", random),
              "X-Webhook-URL", mangled("https://your-server.com:8443/hook?a=1", random),
              "X-Webhook-Mode", mangled("sync", random),
              "Idempotency-Key", mangled("7d2b6f0e-1c1f-4a51-9d0c-1f6f6f9d1c55", random));
      assertThatCode(() -> answer(read(Submits.SMALLEST, headers)))
          .as(headers::toString)
          .doesNotThrowAnyException();
    }
  }

  @Test
  @Timeout(60)
  void any_authority_of_an_address_is_valid_or_invalid_and_never_an_exception() {
    Random random = new Random(20_261_125);
    String characters = "[]:_%@.-,~a125";
    for (int i = 0; i < MUTATIONS; i++) {
      String authority =
          random
              .ints(random.nextInt(12), 0, characters.length())
              .mapToObj(index -> characters.substring(index, index + 1))
              .collect(Collectors.joining());
      String address = "https://" + authority + "/";
      assertThatCode(() ->
              answer(read("{\"image_url\":\"" + address + "\"}", Map.of("X-Webhook-URL", address))))
          .as(address)
          .doesNotThrowAnyException();
    }
  }

  /** Goes on with a result as a handler would. */
  private static String answer(Result result) {
    return switch (result) {
      case Valid(SubmitRequest submit) -> submit.fingerprint() + submit.request().json();
      case Invalid(List<Fault> faults) -> ApiAnswer.badRequest(faults).body();
    };
  }

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\ud800",
          "null",
          "true",
          "NaN",
          "-",
          ".",
          "e999999999",
          "E-99999999999",
          "0",
          "18446744073709551616",
          "\"seed\":1,",
          "\u0000",
          "\uFEFF",
          "€",
          " ",
          "\n",
          "//",
          "@",
          "%",
          "#",
          "_",
          "https://",
          ",https://");

  private static byte[] mangled(Random random) {
    byte[] body = mangled(EXAMPLE, random).getBytes(UTF_8);
    if (random.nextInt(4) == 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return body;
  }

  /** The text after one to three cuts, doublings and insertions. */
  private static String mangled(String text, Random random) {
    StringBuilder mangled = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int from = random.nextInt(mangled.length() + 1);
      int to = Math.min(mangled.length(), from + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> mangled.delete(from, to);
        case 1 -> mangled.insert(from, mangled.substring(from, to));
        case 2 -> mangled.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        default -> mangled.insert(from, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return mangled.isEmpty() ? " " : mangled.toString();
  }

  private static String filled(String start, String piece, String end) {
    return start + piece.repeat((MAX_BYTES - start.length() - end.length()) / piece.length()) + end;
  }

  private static String members(IntFunction<String> member) {
    StringBuilder body = new StringBuilder("{" + IMAGE);
    for (int i = 0; body.length() < MAX_BYTES - 100; i++) {
      body.append(',').append(member.apply(i));
    }
    return body.append('}').toString();
  }

  private static String nameOfOneHash(int number) {
    return "\"" + wordOfOneHash(number) + "\":1";
  }

  /** "Aa" and "BB" have the same hash, and so have all words of sixteen of them. */
  private static String wordOfOneHash(int number) {
    return IntStream.range(0, 16)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}
