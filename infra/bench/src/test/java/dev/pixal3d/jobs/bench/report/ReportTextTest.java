package dev.pixal3d.jobs.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTextTest {
  private static final Report REPORT =
      new Report(
          "a-bench",
          List.of(
              Row.of("one").with("millis", 1234.5).with("ratio", 0.123),
              Row.of("other").with("millis", 7)),
          List.of(Limit.atMost(1, "what is small", 1), Limit.atLeast(0.7, "what is large", 0.69)),
          List.of("A note."));

  @Test
  void figures_stand_in_columns_and_limits_below_with_what_became_of_them() {
    assertThat(ReportText.of(REPORT))
        .isEqualTo(
            """
            a-bench
                     millis  ratio
              one    1,235   0.12
              other  7

              reached  what is small  1     at most   1
              MISSED   what is large  0.69  at least  0.70
            A note.
            """);
  }

  @Test
  void a_report_with_a_missed_limit_is_not_reached() {
    assertThat(REPORT.reached()).isFalse();
  }

  @Test
  void what_is_written_is_read_again(@TempDir Path folder) throws Exception {
    ResultFile.now(REPORT).write(folder);

    assertThat(ResultFile.read(folder, "a-bench").orElseThrow().report()).isEqualTo(REPORT);
    assertThat(ResultFile.read(folder, "another")).isEmpty();
  }

  @Test
  void the_median_is_the_middle_or_half_way_between_the_two() {
    assertThat(Medians.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Medians.of(List.of(9.0, 1.0, 5.0, 7.0))).isEqualTo(6);
  }
}
