package dev.pixal3d.jobs.bench.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Medians;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.lambda.Applications;
import dev.pixal3d.jobs.runtime.Artifact;
import dev.pixal3d.jobs.runtime.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a request costs that comes to a function that is warm, beside Jackson alone with the same
 * JSON; see {@link Handling} for what each side does. Each function runs from its artifact, with
 * the variables that the template gives it, so that its logging and metrics are those of Lambda.
 */
public final class WarmBench implements Bench {
  private static final double MOST_TIMES_JACKSON = 3;

  /** The two sides take turns, so that a slow moment of the machine does not fall on one. */
  private static final int TURNS = 2;

  private static final double NANOS_PER_MICRO = 1000;
  private static final double BYTES_PER_KB = 1024;

  /** What is measured of a function. */
  private enum Subject {
    SUBMIT("SubmitFunction", 48),
    WEBHOOK("WebhookFunction", 32),
    STATUS("StatusFunction", 24);

    private final String logicalId;
    private final double mostKilobytes;

    Subject(String logicalId, double mostKilobytes) {
      this.logicalId = logicalId;
      this.mostKilobytes = mostKilobytes;
    }

    String artifact() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public String summary() {
    return "time and bytes of a warm request, beside Jackson alone with the same JSON";
  }

  @Override
  public Report run(Options options, Progress progress) throws Exception {
    var rows = new ArrayList<Row>();
    var limits = new ArrayList<Limit>();
    Template template = Template.load(options.home().resolve("template.yaml"));
    Path folder = Files.createTempDirectory("pixal3d-warm");
    try {
      progress.begin(name(), (long) Subject.values().length * TURNS);
      for (Subject subject : Subject.values()) {
        Row row = measure(jmh(template, subject, folder), subject, options.rounds(), progress);
        rows.add(row);
        limits.add(
            Limit.atMost(
                MOST_TIMES_JACKSON,
                subject.artifact() + ", times Jackson alone",
                figure(row, "ratio")));
        limits.add(
            Limit.atMost(
                subject.mostKilobytes,
                subject.artifact() + ", KB a request",
                figure(row, "oursKB")));
      }
    } finally {
      delete(folder);
    }
    return new Report(
        name(),
        rows,
        limits,
        List.of(
            ("From the event's bytes to the answer's, with Lambda's own serializer, log line and"
                 + " metrics; store and queues in memory. Medians of half-second iterations of JMH"
                 + " after %d s of warming up, of each side the least of %d forks, which took"
                 + " turns; 1 KB is 1024 bytes.")
                .formatted(HandlingBenchmark.WARMUP_SECONDS, TURNS)));
  }

  private static Row measure(Jmh jmh, Subject subject, int rounds, Progress progress)
      throws IOException, InterruptedException {
    var ours = new ArrayList<Jmh.Figures>();
    var jackson = new ArrayList<Jmh.Figures>();
    for (int turn = 0; turn < TURNS; turn++) {
      Map<String, Jmh.Figures> figures =
          jmh.run(HandlingBenchmark.class, Math.ceilDiv(rounds, TURNS));
      ours.add(side(figures, "ours"));
      jackson.add(side(figures, "jacksonAlone"));
      progress.step(subject.artifact());
    }
    double oursNanos = faster(ours, Jmh.Figures::nanos);
    double jacksonNanos = faster(jackson, Jmh.Figures::nanos);
    return Row.of(subject.artifact())
        .with("oursMicros", oursNanos / NANOS_PER_MICRO)
        .with("jacksonMicros", jacksonNanos / NANOS_PER_MICRO)
        .with("ratio", oursNanos / jacksonNanos)
        .with("oursKB", faster(ours, Jmh.Figures::bytes) / BYTES_PER_KB)
        .with("jacksonKB", faster(jackson, Jmh.Figures::bytes) / BYTES_PER_KB);
  }

  private static Jmh.Figures side(Map<String, Jmh.Figures> figures, String name) {
    Jmh.Figures side = figures.get(name);
    if (side == null) {
      throw new IllegalStateException("JMH measured " + figures.keySet() + ", but not " + name);
    }
    return side;
  }

  /** The least of the turns' medians: in the others the machine did something else, too. */
  private static double faster(
      List<Jmh.Figures> turns, Function<Jmh.Figures, List<Double>> values) {
    return turns.stream().mapToDouble(turn -> Medians.of(values.apply(turn))).min().orElseThrow();
  }

  private static double figure(Row row, String name) {
    return row.figures().getOrDefault(name, Double.NaN);
  }

  private static Jmh jmh(Template template, Subject subject, Path folder) throws IOException {
    FunctionResource function =
        template.functions().stream()
            .filter(one -> one.logicalId().equals(subject.logicalId))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("template.yaml has no " + subject.logicalId));
    Path root = Artifact.unpack(function.codeUri(), folder.resolve(subject.artifact())).taskRoot();
    var classPath = new ArrayList<Path>();
    classPath.add(root);
    try (Stream<Path> libraries = Files.list(root.resolve("lib"))) {
      classPath.addAll(libraries.sorted().toList());
    }
    // Lambda's runtime, and what the benchmark itself needs beside what is deployed.
    Stream.of(
            Context.class,
            PojoSerializer.class,
            HandlingBenchmark.class,
            Events.class,
            Applications.class,
            Application.class)
        .map(Jmh::placeOf)
        .forEach(classPath::add);
    return new Jmh(classPath, subject.artifact(), variables(template, function));
  }

  private static Map<String, String> variables(Template template, FunctionResource function) {
    try (EmbeddedAws aws = EmbeddedAws.start(template, null)) {
      return template.environmentOf(
          function,
          Map.of("Pixal3dApiKey", "upstream-key"),
          aws.physicalIds().with("CallbackSecret", World.CALLBACK_SECRET));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
