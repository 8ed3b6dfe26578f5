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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Jobs a second through the local stack, from submit to terminal status with callbacks, beside the
 * calls of DynamoDB and SQS alone that these jobs make, against the same servers ({@link
 * RawCalls}).
 *
 * <p>The stack, DynamoDB Local and ElasticMQ in it, is one process. In the bench's own run those
 * who submit, Pixal3D's simulator, and the raw calls. All share the machine's processors.
 */
public final class PipelineBench implements Bench {
  private static final double LEAST_PART_OF_CEILING = 0.7;
  private static final int CLIENTS = 8;
  private static final int JOBS = 400;
  private static final int WARM_UPS = 3;
  private static final int MOST_KEYS = 100; // DynamoDB, BatchGetItem
  private static final Duration A_MOMENT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    try (Upstream upstream = Upstream.start(folder.resolve("pixal3d"))) {
      JobCalls life = JobCalls.record(options.home(), upstream);
      var ours = new ArrayList<Double>();
      var raw = new ArrayList<Double>();
      progress.begin(name(), 2L * (WARM_UPS + options.rounds()));
      try (StackProcess stack = StackProcess.start(options.home(), upstream, folder);
          RawCalls calls = new RawCalls(stack.dynamoDb(), stack.sqs(), life)) {
        var submits = new Submits(stack.api());
        for (int round = 0; round < WARM_UPS + options.rounds(); round++) {
          ours.add(jobsPerSecond(submits, calls));
          progress.step("jobs");
          raw.add(livesPerSecond(calls));
          progress.step("raw calls");
        }
      }
      return report(life, measured(ours), measured(raw));
    } finally {
      delete(folder);
    }
  }

  private static List<Double> measured(List<Double> rounds) {
    return rounds.subList(WARM_UPS, rounds.size());
  }

  private Report report(JobCalls life, List<Double> ours, List<Double> raw) {
    double ratio = Medians.of(ours) / Medians.of(raw);
    Row row =
        Row.of("jobs a second")
            .with("ours", Medians.of(ours))
            .with("ceiling", Medians.of(raw))
            .with("ratio", ratio)
            .with("callsAJob", life.requests().size());
    return new Report(
        name(),
        List.of(row),
        List.of(Limit.atLeast(LEAST_PART_OF_CEILING, "part of the ceiling", ratio)),
        List.of(
            "The ceiling: %s of a job's life, made again by the SDK alone, %d threads."
                .formatted(life.counts(), CLIENTS),
            "Medians of %d rounds of %d jobs from %d clients, which took turns with the raw calls."
                .formatted(ours.size(), JOBS, CLIENTS)));
  }

  private static double jobsPerSecond(Submits submits, RawCalls calls)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    List<String> ids = byAllClients(submits::submit);
    awaitEnd(ids, calls, begin);
    double rate = perSecond(begin);
    for (String id : ids) {
      String status = submits.statusOf(id);
      if (!status.equals("COMPLETED")) {
        throw new IllegalStateException(id + " ended " + status);
      }
    }
    return rate;
  }

  private static void awaitEnd(List<String> ids, RawCalls calls, long begin)
      throws InterruptedException {
    var open = new ArrayList<>(ids);
    while (!open.isEmpty()) {
      // The last ones are asked for only once the first has ended: asking costs, too.
      if (calls.underWay(open.subList(0, 1)).isEmpty()) {
        List<String> some = open.subList(0, Math.min(MOST_KEYS, open.size()));
        Set<String> underWay = calls.underWay(some);
        some.removeIf(id -> !underWay.contains(id));
      } else {
        Thread.sleep(A_MOMENT);
      }
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException(open.size() + " jobs have not ended after " + PATIENCE);
      }
    }
  }

  private static double livesPerSecond(RawCalls calls)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    byAllClients(() -> {
      calls.live();
      return "";
    });
    return perSecond(begin);
  }

  private static double perSecond(long begin) {
    return JOBS * 1e9 / (System.nanoTime() - begin);
  }

  private static List<String> byAllClients(Callable<String> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      var results = new ArrayList<String>();
      for (Future<String> result : clients.invokeAll(Collections.nCopies(JOBS, work))) {
        results.add(result.get());
      }
      return results;
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
