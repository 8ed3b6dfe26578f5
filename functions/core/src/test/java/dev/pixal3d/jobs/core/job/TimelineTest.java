package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

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
    Timeline timeline = Timeline.EMPTY.and(T0, "refused", "x".repeat(5_000));

    assertThat(timeline.entries().getFirst().detail()).hasSize(160).endsWith("…");
  }
}
