package dev.pixal3d.jobs.bench.pipeline;

import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Medians;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Jobs a second through the local stack, from submit to terminal status with callbacks, beside the
 * calls of DynamoDB and SQS alone that these jobs make, against the same servers ({@link
 * RawCalls}).
 *
 * <p>The stack, with DynamoDB Local and ElasticMQ in it, is one process; the raw calls are another
 * with the same compiler, collector and heap; those who submit and a Pixal3D that is little more
 * than its answers run in the bench's own. All share the machine's processors, so what these take
 * counts against us.
 */
public final class PipelineBench implements Bench {
  private static final double LEAST_PART_OF_CEILING = 0.7;
  private static final int WARM_UPS = 3;

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String summary() {
    return "jobs a second through the local stack, beside their calls of DynamoDB and SQS alone";
  }

  @Override
  public Report run(Options options, Progress progress) throws Exception {
    Path folder = Files.createTempDirectory("pixal3d-pipeline");
    var ours = new ArrayList<Double>();
    var raw = new ArrayList<Double>();
    try (Pixal3dNearby pixal3d = Pixal3dNearby.start();
        RawCallsProcess calls = RawCallsProcess.start(options.home(), pixal3d, folder);
        StackProcess stack = StackProcess.start(options.home(), pixal3d, folder)) {
      calls.against(stack);
      var submits = new Submits(stack.api());
      progress.begin(name(), 2L * (WARM_UPS + options.rounds()));
      for (int round = 0; round < WARM_UPS + options.rounds(); round++) {
        ours.add(jobsPerSecond(submits, pixal3d));
        progress.step("jobs");
        raw.add(calls.livesPerSecond());
        progress.step("raw calls");
      }
      return report(calls, measured(ours), measured(raw));
    } finally {
      delete(folder);
    }
  }

  private static List<Double> measured(List<Double> rounds) {
    return rounds.subList(WARM_UPS, rounds.size());
  }

  private Report report(RawCallsProcess calls, List<Double> ours, List<Double> raw) {
    double ratio = Medians.of(ours) / Medians.of(raw);
    Row row =
        Row.of("jobs a second")
            .with("ours", Medians.of(ours))
            .with("ceiling", Medians.of(raw))
            .with("ratio", ratio)
            .with("callsAJob", calls.calls());
    return new Report(
        name(),
        List.of(row),
        List.of(Limit.atLeast(LEAST_PART_OF_CEILING, "part of the ceiling", ratio)),
        List.of(
            "The ceiling: the calls of a job's life, "
                + calls.counts()
                + ", made again by the SDK alone, in a JVM with the stack's options.",
            "Medians of %d rounds of %d jobs from %d clients, which took turns with the raw calls. What the clients and Pixal3D's stand-in take of the processors counts against us."
                .formatted(ours.size(), Burst.TIMES, Burst.THREADS)));
  }

  private static double jobsPerSecond(Submits submits, Pixal3dNearby pixal3d)
      throws InterruptedException, ExecutionException, IOException {
    long calledBack = pixal3d.callbacksTaken();
    long begin = System.nanoTime();
    List<String> ids = Burst.of(submits::submit);
    pixal3d.awaitCallbacks(calledBack + ids.size());
    double rate = Burst.perSecond(begin);
    for (String id : ids) {
      String status = submits.statusOf(id);
      if (!status.equals("COMPLETED")) {
        throw new IllegalStateException(id + " ended " + status);
      }
    }
    return rate;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
