package dev.pixal3d.jobs.bench.sweep;

import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.meter.Metered;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import dev.pixal3d.jobs.bench.meter.ReferenceJob;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Counts what a sweep reads that takes up the same jobs among few and among many live ones. What it
 * reads is to follow the jobs that are due, not those that exist.
 */
public final class SweepBench implements Bench {
  private static final String SWEEP_QUEUE = "SweepQueue";
  private static final int TENFOLD = 10;

  private final int due;

  /** A thousand due. */
  public SweepBench() {
    this(1_000);
  }

  /**
   * @param due how many jobs are due
   */
  SweepBench(int due) {
    this.due = due;
  }

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String summary() {
    return "what a sweep reads, among ever more live jobs";
  }

  @Override
  public Report run(Options options, Progress progress) {
    int[] live =
        IntStream.iterate(due, n -> n == due || n <= options.mostLiveJobs(), n -> n * TENFOLD)
            .toArray();
    return report(options.home(), progress, live);
  }

  /**
   * Measures among so many live jobs at a time.
   *
   * @param live in growing order
   */
  Report report(Path home, Progress progress, int... live) {
    progress.begin("sweep", IntStream.of(live).map(n -> LiveJobs.steps(n) + 1).sum());
    var rows = new ArrayList<Row>();
    var limits = new ArrayList<Limit>();
    double first = 0;
    for (int n : live) {
      Row row = swept(home, n, progress);
      progress.step("%,d live jobs: swept".formatted(n));
      double reads = row.figures().getOrDefault("readUnits", 0.0);
      if (rows.isEmpty()) {
        first = reads;
      } else {
        limits.add(
            Limit.atMost(
                0,
                "%,d due: read units more among %,d live jobs than among %,d"
                    .formatted(due, n, live[0]),
                Math.abs(reads - first)));
      }
      rows.add(row);
    }
    return new Report(
        "sweep",
        rows,
        limits,
        List.of(
            "Read units: the queries of the index, and a consistent read of each job that is due."
                + " Write units: each job's due time is moved ahead. The time is this machine's,"
                + " with DynamoDB Local; the first sweep runs in a JVM that is still cold."));
  }

  private Row swept(Path home, int live, Progress progress) {
    try (MeteredSystem system = MeteredSystem.start(home.resolve("template.yaml"))) {
      new LiveJobs(system, waitingJob(system), system.config().dueShards())
          .fill(live, due, progress);
      system.meter().take();
      long begin = System.nanoTime();
      system.strike();
      system.workOff(SWEEP_QUEUE);
      double millis = (System.nanoTime() - begin) / 1e6;
      List<Metered> swept = system.meter().take();
      double queueRequests = swept.stream().filter(Metered.QueueRequest.class::isInstance).count();
      double taken = swept.stream().filter(SweepBench::isTaking).count();
      if (taken != due) {
        throw new IllegalStateException(
            "The sweep took up %.0f of %d jobs that are due".formatted(taken, due));
      }
      return Row.of("%,d live".formatted(live))
          .with("due", due)
          .with("readUnits", units(swept, request -> !request.writes()))
          .with("writeUnits", units(swept, TableRequest::writes))
          .with("sqsRequests", queueRequests)
          .with("sweepMillis", millis);
    }
  }

  private static boolean isTaking(Metered metered) {
    return metered instanceof TableRequest request && request.writes();
  }

  private static double units(List<Metered> metered, Predicate<TableRequest> kind) {
    return metered.stream()
        .filter(TableRequest.class::isInstance)
        .map(TableRequest.class::cast)
        .filter(kind)
        .mapToDouble(TableRequest::units)
        .sum();
  }

  /** A job that was handed over, taken out of the table again. */
  private static Map<String, AttributeValue> waitingJob(MeteredSystem system) {
    String id = new ReferenceJob(system).submit(Map.of());
    system.workOff();
    Map<String, AttributeValue> key = Map.of("request_id", AttributeValue.fromS(id));
    Map<String, AttributeValue> item =
        system.table().getItem(get -> get.tableName(system.tableName()).key(key)).item();
    system.table().deleteItem(delete -> delete.tableName(system.tableName()).key(key));
    return item;
  }
}
