package dev.pixal3d.jobs.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-05-22T13:17:32Z");

  @ParameterizedTest
  @CsvSource({"1, 1", "'  120 ', 120", "007, 7", "86400, 86400"})
  void is_a_number_of_seconds(String header, long seconds) {
    assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void is_a_date() {
    assertThat(RetryAfter.read("Fri, 22 May 2026 14:17:32 GMT", NOW))
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"86401", "999999999", "99999999999999999999", "Fri, 22 May 2099 14:17:32 GMT"})
  void is_cut_down_to_a_day(String header) {
    assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "+5",
        "1.5",
        "1e3",
        "soon",
        "\u0661",
        "Fri, 22 May 2026 13:17:32 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 22 May 2026 14:17:32 GMT",
        "2026-05-22T14:17:32Z"
      })
  void is_nothing_if_it_asks_for_no_wait(String header) {
    assertThat(RetryAfter.read(header, NOW)).isNull();
  }

  @Test
  void is_nothing_if_it_is_not_there() {
    assertThat(RetryAfter.read(null, NOW)).isNull();
  }
}
