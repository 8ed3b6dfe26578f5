package dev.pixal3d.jobs.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SweepBenchTest {
  private static final int DUE = 100;

  @Test
  void readsAsMuchAmongManyLiveJobsAsAmongFew() {
    Report report = new SweepBench(DUE).report(Path.of("../.."), Progress.NONE, DUE, 5_000);

    assertThat(report.limits()).hasSize(1).allMatch(Limit::reached);
    assertThat(report.rows())
        .extracting(row -> row.figures().get("readUnits"))
        .containsOnly(report.rows().getFirst().figures().get("readUnits"));
  }
}
