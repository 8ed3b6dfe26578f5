package dev.pixal3d.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.bench.plot.Plots;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.ReportText;
import dev.pixal3d.jobs.bench.report.ResultFile;
import dev.pixal3d.jobs.bench.report.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the results hold. */
class ReadmeFiguresTest {
  private static final Path RESULTS = Path.of("results");

  @ParameterizedTest
  @ValueSource(strings = {"coldstart", "restore", "warm", "pipeline", "sweep"})
  void the_readme_shows_the_output_as_it_was(String bench) throws Exception {
    assertThat(readme())
        .contains("$ infra/bench/run %s\n%s```".formatted(bench, ReportText.of(report(bench))));
  }

  @Test
  void the_readme_tells_the_bill_as_it_was_counted() throws Exception {
    Report cost = report("cost");
    Row counts = row(cost, "healthy, with webhook");
    Row bill = row(cost, "USD a million: healthy, with webhook");

    assertThat(readme())
        .contains(
            String.format(
                Locale.ROOT,
                "| healthy, with a client's webhook | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |"
                    + " **%.2f** |",
                counts.figure("writeUnits"),
                counts.figure("readUnits"),
                counts.figure("sqsRequests"),
                counts.figure("apiRequests"),
                counts.figure("invocations"),
                counts.figure("billedMillis"),
                bill.figure("totalUsd")));
  }

  @Test
  void the_plots_are_those_of_the_results(@TempDir Path folder) throws Exception {
    for (String bench : new String[] {"coldstart", "restore", "cost", "sweep"}) {
      Files.copy(RESULTS.resolve(bench + ".json"), folder.resolve(bench + ".json"));
    }

    assertThat(Plots.draw(folder))
        .hasSize(6)
        .allSatisfy(
            plot -> assertThat(RESULTS.resolve(plot.getFileName())).hasSameTextualContentAs(plot));
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("../../README.md"));
  }

  private static Report report(String bench) throws Exception {
    return ResultFile.read(RESULTS, bench).orElseThrow().report();
  }

  private static Row row(Report report, String name) {
    return report.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }
}
