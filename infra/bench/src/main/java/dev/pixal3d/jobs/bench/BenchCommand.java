package dev.pixal3d.jobs.bench;

import dev.pixal3d.jobs.bench.coldstart.ColdStartBench;
import dev.pixal3d.jobs.bench.coldstart.RestoreBench;
import dev.pixal3d.jobs.bench.cost.CostBench;
import dev.pixal3d.jobs.bench.pipeline.PipelineBench;
import dev.pixal3d.jobs.bench.plot.Plots;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.ReportText;
import dev.pixal3d.jobs.bench.report.ResultFile;
import dev.pixal3d.jobs.bench.sweep.SweepBench;
import dev.pixal3d.jobs.bench.warm.WarmBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code infra/bench/run}. */
@Command(
    name = "infra/bench/run",
    mixinStandardHelpOptions = true,
    version = "pixal3d-jobs 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures what the functions cost, in time and in money. Every figure is a ratio that was"
          + " taken side by side in one run, or a count that does not depend on the machine.",
      "",
      "Prints a table and the limits, writes results/NAME.json and draws the plots of it. Exits 0"
          + " if every limit is reached, 1 if one is missed."
    })
public final class BenchCommand implements Callable<Integer> {
  static final List<Bench> BENCHES =
      List.of(
          new ColdStartBench(),
          new RestoreBench(),
          new WarmBench(),
          new PipelineBench(),
          new CostBench(),
          new SweepBench());

  private static final String ALL = "all";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "BENCH",
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}; several may be given (default: all).")
  private List<String> names = List.of(ALL);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "How often what is timed is repeated; the median counts (default: 15).")
  private int rounds;

  @Option(
      names = "--live",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Among how many live jobs the sweep is measured at the most (default: 100,000; 1000000"
              + " takes some ten minutes).")
  private int mostLiveJobs;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      description = "Where the results go (default: infra/bench/results).")
  private @Nullable Path results;

  private BenchCommand() {}

  /** Starts it. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new BenchCommand());
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            BENCHES.stream()
                .map(bench -> "  @|bold %-10s|@ %s".formatted(bench.name(), bench.summary()))
                .toArray(String[]::new))
        .footerHeading("%nThe benches:%n");
    return commandLine;
  }

  /** What can be asked for. */
  private static final class Names extends java.util.ArrayList<String> {
    private Names() {
      BENCHES.forEach(bench -> add(bench.name()));
      add(ALL);
    }
  }

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("pixal3d.home", "."));
    Path folder = results == null ? home.resolve("infra/bench/results") : results;
    var options = new Options(home, atLeastOne("--rounds", rounds), mostLiveJobs);
    PrintWriter out = spec().commandLine().getOut();
    boolean reached = true;
    for (Bench bench : chosen()) {
      Report report;
      try (ProgressOnScreen progress = new ProgressOnScreen()) {
        report = bench.run(options, progress);
      }
      out.println(ReportText.of(report));
      out.println("Written: " + ResultFile.now(report).write(folder));
      out.flush();
      reached &= report.reached();
    }
    Plots.draw(folder).forEach(plot -> out.println("Drawn: " + plot));
    out.flush();
    return reached ? 0 : 1;
  }

  private List<Bench> chosen() {
    for (String name : names) {
      if (!name.equals(ALL) && BENCHES.stream().noneMatch(bench -> bench.name().equals(name))) {
        throw new CommandLine.ParameterException(
            spec().commandLine(), "There is no bench '" + name + "'. There are: " + new Names());
      }
    }
    return names.contains(ALL)
        ? BENCHES
        : BENCHES.stream().filter(bench -> names.contains(bench.name())).toList();
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), option + " takes a number of at least 1.");
    }
    return value;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli puts it in");
    }
    return spec;
  }
}
