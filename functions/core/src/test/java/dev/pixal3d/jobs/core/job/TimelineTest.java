package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant T0 = Instant.EPOCH;

  @Test
  void folds_repeats_into_a_count() {
    Timeline timeline =
        Timeline.EMPTY
            .and(T0, "poll unanswered", "HTTP 502")
            .and(T0.plusSeconds(1), "poll unanswered", "HTTP 502");

    assertThat(timeline.entries())
        .containsExactly(
            new Timeline.Entry(T0, "poll unanswered", "HTTP 502", 2, T0.plusSeconds(1)));
  }

  @Test
  void keeps_the_beginning_and_the_latest_when_it_is_full() {
    Timeline timeline = Timeline.EMPTY;
    for (int n = 0; n < 100; n++) {
      timeline = timeline.and(T0.plusSeconds(n), "event " + n, "");
    }

    assertThat(timeline.entries()).hasSize(Timeline.MAX_ENTRIES);
    assertThat(timeline.entries().getFirst().what()).isEqualTo("event 0");
    assertThat(timeline.entries().getLast().what()).isEqualTo("event 99");
  }

  @Test
  void shortens_long_details() {
    Timeline timeline = Timeline.EMPTY.and(T0, "refused", "x".repeat(161));

    assertThat(timeline.entries().getFirst().detail()).hasSize(160).endsWith("…");
  }

  @Test
  void keeps_details_of_160_characters_whole() {
    Timeline timeline = Timeline.EMPTY.and(T0, "refused", "x".repeat(160));

    assertThat(timeline.entries().getFirst().detail()).isEqualTo("x".repeat(160));
  }

  @Test
  void tells_what_happened_by_its_words_and_its_detail() {
    Timeline timeline =
        Timeline.EMPTY.and(T0, "called back", "QUEUED").and(T0, "ended", "x".repeat(5_000));

    assertThat(timeline.tells("called back", "QUEUED")).isTrue();
    assertThat(timeline.tells("ended", "x".repeat(5_000))).isTrue();
    assertThat(timeline.tells("called back", "COMPLETED")).isFalse();
    assertThat(timeline.tells("polled", "QUEUED")).isFalse();
  }

  @Test
  void folds_only_what_is_the_same_in_words_and_detail() {
    Timeline timeline =
        Timeline.EMPTY
            .and(T0, "poll unanswered", "HTTP 502")
            .and(T0, "poll unanswered", "HTTP 503")
            .and(T0, "not accepted, try later", "HTTP 503");

    assertThat(timeline.entries()).hasSize(3);
  }

  @Test
  void knows_the_last_time_of_what_happened() {
    Timeline timeline =
        Timeline.EMPTY
            .and(T0, "polled", "QUEUED")
            .and(T0.plusSeconds(1), "polled", "PROCESSING")
            .and(T0.plusSeconds(2), "polled", "PROCESSING")
            .and(T0.plusSeconds(3), "ended", "FAILED");

    assertThat(timeline.lastTimeOf("polled")).hasValue(T0.plusSeconds(2));
    assertThat(timeline.lastTimeOf("called back")).isEmpty();
  }

  @Test
  void shortens_no_detail_to_half_a_surrogate_pair() {
    Timeline timeline = Timeline.EMPTY.and(T0, "refused", "x" + "😀".repeat(100));

    assertThat(timeline.entries().getFirst().detail())
        .isEqualTo("x" + "😀".repeat(79) + "…")
        .matches(detail -> StandardCharsets.UTF_8.newEncoder().canEncode(detail));

    timeline = Timeline.EMPTY.and(T0, "refused", "😀".repeat(100));

    assertThat(timeline.entries().getFirst().detail())
        .isEqualTo("😀".repeat(79) + "…")
        .matches(detail -> StandardCharsets.UTF_8.newEncoder().canEncode(detail));
  }
}
