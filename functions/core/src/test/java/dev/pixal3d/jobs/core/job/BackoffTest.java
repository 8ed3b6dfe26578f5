package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration WHOLE = Duration.ofHours(1);

  @Test
  void doubles_from_the_first_delay_to_the_longest() {
    List<Duration> delays =
        IntStream.range(0, 5)
            .mapToObj(
                tries -> Backoff.exponential(Duration.ofSeconds(5), tries, Duration.ofSeconds(60)))
            .toList();

    assertThat(delays).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 40L, 60L);
  }

  @Test
  void stays_at_the_longest_however_often_it_is_tried() {
    for (int tries : List.of(30, 63, 64, 1_000_000)) {
      assertThat(Backoff.exponential(Duration.ofSeconds(5), tries, Duration.ofSeconds(60)))
          .isEqualTo(Duration.ofSeconds(60));
    }
  }

  @Test
  void draws_anew_for_each_step_of_a_job() {
    assertThat(
            IntStream.range(1, 101)
                .mapToObj(attempt -> Backoff.jittered(WHOLE, 0, Jobs.id(1), attempt))
                .distinct())
        .hasSize(100);
  }

  @Test
  void spreads_jobs_that_failed_together_evenly() {
    int[] perTenth = new int[10];
    for (int n = 0; n < 10_000; n++) {
      Duration delay = Backoff.jittered(WHOLE, 0, Jobs.id(n), 1);
      perTenth[(int) (10 * delay.toMillis() / WHOLE.toMillis())]++;
    }

    // Of fair draws each tenth gets 1,000, and in all but one of a million cases within 150 of it.
    for (int jobs : perTenth) {
      assertThat(jobs).isBetween(850, 1_150);
    }
  }

  @Test
  void leaves_at_least_the_part_that_is_asked_for() {
    for (int n = 0; n < 1_000; n++) {
      assertThat(Backoff.jittered(WHOLE, 0.8, Jobs.id(n), 1))
          .isBetween(Duration.ofMinutes(48), WHOLE);
    }
  }
}
