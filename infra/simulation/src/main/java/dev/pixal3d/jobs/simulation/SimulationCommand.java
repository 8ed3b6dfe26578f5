package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.world.FaultLevel;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code infra/simulation/run}. */
@Command(
    name = "infra/simulation/run",
    mixinStandardHelpOptions = true,
    version = "pixal3d-jobs 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs the functions on simulated time, with a simulated Pixal3D and simulated clients, while"
          + " everything goes wrong that can. Each seed is one run of 10 to 14 jobs, from their"
          + " submits until nothing is left to happen. The seed decides what goes wrong; the same"
          + " seed gives the same run, step for step.",
      "",
      "Exits 0 if every promise held, 1 if one was broken: then it tells the seed, the promise, and"
          + " the shortest run that it could find in which it is broken."
    })
public final class SimulationCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many seeds to run (default: ${DEFAULT-VALUE}).")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The first one (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(
      names = "--faults",
      paramLabel = "LEVEL",
      defaultValue = "HEAVY",
      description = "none, light or heavy (default: heavy).")
  private FaultLevel faults = FaultLevel.HEAVY;

  @Option(
      names = "--replay",
      paramLabel = "SEED",
      description = "Run this one seed and print all that happens.")
  private @Nullable Long replay;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many seeds run at the same time (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  private final AtomicLong jobs = new AtomicLong();
  private final AtomicLong struck = new AtomicLong();

  private SimulationCommand() {}

  /** Starts it. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SimulationCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (seeds < 1 || threads < 1) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), "--seeds and --threads take a number of at least 1.");
    }
    PrintWriter out = spec().commandLine().getOut();
    return replay == null ? runAll(out) : replayOne(replay, out);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli puts it in");
    }
    return spec;
  }

  private Simulation simulation() {
    Path home = Path.of(System.getProperty("pixal3d.home", "."));
    return new Simulation(Template.load(home.resolve("template.yaml")), faults, wiring -> wiring);
  }

  private int replayOne(long seed, PrintWriter out) {
    Outcome outcome = simulation().run(seed, _ -> true, _ -> true, true);
    outcome.trace().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "Seed %d: %d jobs, %d faults, %d steps. %s%n",
        seed,
        outcome.jobs(),
        outcome.struck().size(),
        outcome.steps(),
        outcome.failure() == null ? "Every promise held." : "BROKEN " + words(outcome));
    out.flush();
    return outcome.failure() == null ? 0 : 1;
  }

  private int runAll(PrintWriter out) throws InterruptedException {
    long began = System.nanoTime();
    Seeds.Result result;
    try (ProgressBar bar = progressBar()) {
      result =
          new Seeds(this::simulation, threads)
              .run(from, seeds, outcome -> step(bar, outcome, began));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    double seconds = Math.max(0.001, took.toMillis() / 1000.0);
    out.printf(
        Locale.ROOT,
        "%,d seeds (%d to %d), faults %s: %,d jobs, %,d faults, %,d invocations, %,d steps%n",
        result.runs(),
        from,
        from + seeds - 1,
        faults.name().toLowerCase(Locale.ROOT),
        result.jobs(),
        result.faults(),
        result.invocations(),
        result.steps());
    out.printf(
        Locale.ROOT,
        "%d:%02d min on %d threads: %,.0f jobs and %,.0f faults a second%n",
        took.toMinutes(),
        took.toSecondsPart(),
        threads,
        result.jobs() / seconds,
        result.faults() / seconds);
    if (result.failed().isEmpty()) {
      out.println("Every promise held.");
    } else {
      tell(result.failed().getFirst(), out);
    }
    out.flush();
    return result.failed().isEmpty() ? 0 : 1;
  }

  private void step(ProgressBar bar, Outcome outcome, long began) {
    double seconds = Math.max(0.001, (System.nanoTime() - began) / 1e9);
    bar.step();
    bar.setExtraMessage(
        outcome.failure() != null
            ? "seed " + outcome.seed() + " failed"
            : String.format(
                Locale.ROOT,
                "%,.0f jobs/s, %,.0f faults/s",
                jobs.addAndGet(outcome.jobs()) / seconds,
                struck.addAndGet(outcome.struck().size()) / seconds));
  }

  private void tell(Outcome failed, PrintWriter out) {
    out.printf("%nBROKEN with seed %d: %s%n", failed.seed(), words(failed));
    out.println("Looking for the shortest run in which it is...");
    out.flush();
    Outcome small = new Shrinker(simulation()).shrink(failed);
    out.printf(
        "%d of %d faults and %d of %d jobs are left:%n%n",
        small.struck().size(), failed.struck().size(), small.jobs(), failed.jobs());
    small.trace().forEach(out::println);
    Throwable failure = small.failure();
    if (failure != null) {
      out.println();
      failure.printStackTrace(out);
    }
    out.printf(
        "%nAll of it: infra/simulation/run --replay %d --faults %s%n", failed.seed(), faults);
  }

  private static String words(Outcome outcome) {
    Throwable failure = outcome.failure();
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private ProgressBar progressBar() {
    return new ProgressBarBuilder()
        .setTaskName("Seeds")
        .setInitialMax(seeds)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(isTerminal() ? 200 : 10_000)
        .build();
  }
}
