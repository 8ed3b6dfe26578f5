package dev.pixal3d.jobs.bench.coldstart;

import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Medians;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.runtime.FunctionLaunch;
import dev.pixal3d.jobs.runtime.InitializationType;
import java.util.ArrayList;
import java.util.List;

/**
 * A rehearsal of SnapStart: from the restore of a function's image to its first answer, beside the
 * same function with priming switched off.
 */
public final class RestoreBench implements Bench {
  private static final double MOST_TIMES_UNPRIMED = 0.15;

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "from the restore of a function's image to its first answer, beside one without priming";
  }

  @Override
  public Report run(Options options, Progress progress) throws Exception {
    var rows = new ArrayList<Row>();
    var limits = new ArrayList<Limit>();
    try (Stage stage = new Stage(options.home())) {
      progress.begin(name(), (long) stage.functions().size() * options.rounds());
      for (FunctionResource function : stage.functions()) {
        Row row = measure(stage, function, options.rounds(), progress);
        rows.add(row);
        limits.add(
            Limit.atMost(
                MOST_TIMES_UNPRIMED,
                function.logicalId() + ", times the same unprimed",
                row.figure("ratio")));
      }
    }
    return new Report(
        name(),
        rows,
        limits,
        List.of(
            "Milliseconds from the restore to the first answer, hooks included, and of the second"
                + " request; medians of "
                + options.rounds()
                + " rounds that took turns; JVM with one processor.",
            "The process itself goes on, so what Lambda needs to load an image's memory is not in"
                + " it."));
  }

  private static Row measure(Stage stage, FunctionResource function, int rounds, Progress progress)
      throws InterruptedException {
    FunctionLaunch primed = stage.ours(function, InitializationType.SNAP_START);
    FunctionLaunch unprimed = primed.with(List.of("-Ddev.pixal3d.jobs.priming=false"), List.of());
    var primedMillis = new ArrayList<Double>();
    var secondMillis = new ArrayList<Double>();
    var unprimedMillis = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      var restored = FirstAnswer.afterRestore(primed, stage.event(function), stage.event(function));
      primedMillis.add(restored.first());
      secondMillis.add(restored.second());
      unprimedMillis.add(
          FirstAnswer.afterRestore(unprimed, stage.event(function), stage.event(function)).first());
      progress.step(function.logicalId());
    }
    return Row.of(function.logicalId())
        .with("firstMillis", Medians.of(primedMillis))
        .with("secondMillis", Medians.of(secondMillis))
        .with("unprimedFirstMillis", Medians.of(unprimedMillis))
        .with("ratio", Medians.of(primedMillis) / Medians.of(unprimedMillis));
  }
}
