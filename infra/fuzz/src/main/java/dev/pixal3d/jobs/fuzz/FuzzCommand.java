package dev.pixal3d.jobs.fuzz;

import dev.pixal3d.jobs.fuzz.targets.Target;
import dev.pixal3d.jobs.fuzz.targets.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code infra/fuzz/run}. */
@Command(
    name = "infra/fuzz/run",
    mixinStandardHelpOptions = true,
    version = "pixal3d-jobs 0.1.0, fuzzer",
    usageHelpWidth = 100,
    sortOptions = false,
    header = "Sends the handlers what strangers might send, and checks what comes of it.",
    description = {
      "",
      "Every input depends on the seed and its index only. Targets: submit, headers, callback,",
      "status-query, upstream-submit, upstream-status, webhook-answer, webhook-address.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 nothing was found; 1 something was; 2 wrong usage; 3 no JDK 25; 4 the build"
          + " failed."
    })
public final class FuzzCommand implements Callable<Integer> {
  private static final int LONGEST_PRINTED = 4_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--target",
      paramLabel = "NAME",
      split = ",",
      description = "Which one, or several (default: all).")
  private List<String> targets = new ArrayList<>(List.of("all"));

  @Option(
      names = "--inputs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many to each target (default: ${DEFAULT-VALUE}).")
  private long inputs;

  @Option(names = "--seed", paramLabel = "S", description = "Of the inputs (default: a new one).")
  private @Nullable Long seed;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      defaultValue = "0",
      description = "The index of the first input (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many send at a time (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--longest",
      paramLabel = "MS",
      defaultValue = "50",
      description = "How many milliseconds one may take (default: ${DEFAULT-VALUE}).")
  private int longestMillis;

  @Option(
      names = "--replay",
      paramLabel = "INPUT",
      description = "Sends just this one, as a finding shows it, or @FILE with it, to one target.")
  private @Nullable String replay;

  private final List<Target<?>> all;

  /**
   * @param all the targets that there are
   */
  FuzzCommand(List<Target<?>> all) {
    this.all = List.copyOf(all);
  }

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(commandLine(Targets.ALL).execute(args));
  }

  static CommandLine commandLine(List<Target<?>> targets) {
    // An @ begins a file of --replay, not one of arguments.
    return new CommandLine(new FuzzCommand(targets)).setExpandAtFiles(false);
  }

  @Override
  public Integer call() {
    List<Target<?>> chosen = chosen();
    long usedSeed = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
    var fuzzer = new Fuzzer(usedSeed, threads, Duration.ofMillis(longestMillis));
    PrintWriter out = spec.commandLine().getOut();
    List<Outcome> outcomes = new ArrayList<>();
    if (replay == null) {
      out.println("Seed " + usedSeed);
      out.flush();
      for (Target<?> target : chosen) {
        var progress = new Progress(spec.commandLine().getErr(), target.name(), inputs);
        outcomes.add(fuzzer.run(target, from, inputs, progress));
      }
    } else {
      outcomes.add(fuzzer.replay(chosen.getFirst(), input(replay)));
    }
    List<Finding> findings =
        outcomes.stream().flatMap(outcome -> outcome.findings().stream()).toList();
    findings.forEach(finding -> print(finding, out));
    out.println(table(outcomes));
    out.println(findings.isEmpty() ? "Nothing was found." : findings.size() + " found; see above.");
    out.flush();
    return findings.isEmpty() ? 0 : 1;
  }

  private List<Target<?>> chosen() {
    if (inputs < 1 || threads < 1 || longestMillis < 1 || from < 0) {
      throw wrong("--inputs, --threads and --longest are 1 or more, --from is 0 or more");
    }
    if (targets.contains("all")) {
      if (replay != null) {
        throw wrong("--replay needs --target: an input is sent to one of them");
      }
      return all;
    }
    return targets.stream().<Target<?>>map(this::target).toList();
  }

  private Target<?> target(String name) {
    return all.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "There is no target '%s'. There are: all, %s"
                    .formatted(
                        name, all.stream().map(Target::name).collect(Collectors.joining(", ")))));
  }

  private Input input(String given) {
    try {
      return Input.parse(
          given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw wrong("Reading " + given.substring(1) + " failed: " + e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void print(Finding finding, PrintWriter out) {
    String input = finding.input().escaped();
    out.printf(
        "%nFOUND in %s, seed %d, index %d:%n%s%n",
        finding.target(), finding.seed(), finding.index(), shortened(finding.what()));
    out.println(
        input.length() <= LONGEST_PRINTED
            ? "Again: infra/fuzz/run --target %s --replay '%s'".formatted(finding.target(), input)
            : "Again: infra/fuzz/run --target %s --seed %d --from %d --inputs 1"
                .formatted(finding.target(), finding.seed(), finding.index()));
    out.println();
  }

  private static String shortened(String what) {
    return what.length() <= LONGEST_PRINTED ? what : what.substring(0, LONGEST_PRINTED) + "...";
  }

  private static String table(List<Outcome> outcomes) {
    String line = "%-16s %9s %9s %10s  %s%n";
    StringBuilder table =
        new StringBuilder(line.formatted("target", "inputs", "a second", "slowest ms", "answered"));
    for (Outcome outcome : outcomes) {
      table.append(
          line.formatted(
              outcome.target(),
              outcome.inputs(),
              Math.round(outcome.inputs() / Math.max(outcome.seconds(), 1e-3)),
              "%.1f".formatted(outcome.slowestMillis()),
              outcome.kinds().entrySet().stream()
                  .map(kind -> kind.getKey() + ": " + kind.getValue())
                  .collect(Collectors.joining(", "))));
    }
    long all = outcomes.stream().mapToLong(Outcome::inputs).sum();
    return table.append("%-16s %9d".formatted("all", all)).toString();
  }
}
