package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.Submits.EXAMPLE;
import static dev.pixal3d.jobs.core.api.Submits.IMAGE;
import static dev.pixal3d.jobs.core.api.Submits.SMALLEST;
import static dev.pixal3d.jobs.core.api.Submits.bodyWith;
import static dev.pixal3d.jobs.core.api.Submits.read;
import static dev.pixal3d.jobs.core.api.Submits.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @Test
  void it_stays_the_same_from_release_to_release() {
    assertThat(fingerprint(SMALLEST))
        .isEqualTo("66cab8d62db663488a74753c0bfebbdb8ee01944b4191d132a34c2e155791480");
  }

  @RepeatedTest(20)
  void order_of_members_and_spaces_do_not_count(RepetitionInfo run) {
    List<String> members =
        new ArrayList<>(List.of(EXAMPLE.strip().replaceAll("[{}\\s]", "").split(",")));
    Collections.shuffle(members, new Random(run.getCurrentRepetition()));
    assertThat(fingerprint("{" + String.join(" ,\n", members) + "}"))
        .isEqualTo(fingerprint(EXAMPLE));
  }

  @Test
  void null_members_do_not_count() {
    assertThat(fingerprint(bodyWith("seed", "null"))).isEqualTo(fingerprint(SMALLEST));
  }

  @Test
  void escapes_in_strings_do_not_count() {
    assertThat(fingerprint(SMALLEST.replace("/", "\\/").replace("dog", "\\u0064og")))
        .isEqualTo(fingerprint(SMALLEST));
  }

  @ParameterizedTest
  @CsvSource({
    "mesh_scale, 7.5, 7.50",
    "mesh_scale, 7.5, 75e-1",
    "mesh_scale, 7.5, 0.75E+1",
    "mesh_scale, 50, 5e1",
    "mesh_scale, 0, -0.0",
    "mesh_scale, 1e-7, 0.0000001",
    "seed, 0, -0"
  })
  void the_way_to_write_a_number_does_not_count(String name, String one, String other) {
    assertThat(fingerprint(bodyWith(name, one))).isEqualTo(fingerprint(bodyWith(name, other)));
  }

  @ParameterizedTest
  @CsvSource({
    "mesh_scale, 7.5, 7.51",
    "mesh_scale, 1, -1",
    "seed, 18446744073709551615, 18446744073709551614",
    "seed, 9223372036854775808, 9223372036854775807",
    "remesh, true, false"
  })
  void another_value_makes_another_fingerprint(String name, String one, String other) {
    assertThat(fingerprint(bodyWith(name, one))).isNotEqualTo(fingerprint(bodyWith(name, other)));
  }

  @Test
  void another_parameter_makes_another_fingerprint() {
    assertThat(fingerprint(bodyWith("ss_rescale_t", "5")))
        .isNotEqualTo(fingerprint(bodyWith("tex_slat_rescale_t", "5")));
  }

  @Test
  void a_default_that_is_written_out_makes_another_fingerprint() {
    assertThat(fingerprint(bodyWith("mesh_scale", "1"))).isNotEqualTo(fingerprint(SMALLEST));
  }

  @Test
  void another_webhook_makes_another_fingerprint() {
    assertThat(
            List.of(
                fingerprint(SMALLEST),
                fingerprint(SMALLEST, Map.of("X-Webhook-URL", "https://a.com/")),
                fingerprint(SMALLEST, Map.of("X-Webhook-URL", "https://b.com/")),
                fingerprint(SMALLEST, Map.of("X-Webhook-Mode", "sync"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_default_mode_written_out_does_not_count() {
    assertThat(fingerprint(SMALLEST, Map.of("X-Webhook-Mode", "Terminal")))
        .isEqualTo(fingerprint(SMALLEST));
  }

  @Test
  void the_key_itself_does_not_count() {
    assertThat(fingerprint(SMALLEST, Map.of("Idempotency-Key", "k")))
        .isEqualTo(fingerprint(SMALLEST));
  }

  @Test
  void a_huge_exponent_is_not_expanded() {
    String body = "{" + IMAGE + ",\"mesh_scale\":1e-999999999}";
    assertThat(valid(read(body)).request().canonicalJson()).hasSizeLessThan(100);
  }

  private static String fingerprint(String body) {
    return fingerprint(body, Map.of());
  }

  private static String fingerprint(String body, Map<String, String> headers) {
    return valid(read(body, headers)).fingerprint();
  }
}
