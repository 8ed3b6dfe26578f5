package dev.pixal3d.jobs.bench.cost;

import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts what a job's whole life takes of AWS, and prices it. The functions are the real ones, with
 * DynamoDB Local, which tells what each request consumes, and ElasticMQ.
 */
public final class CostBench implements Bench {
  static final String HEALTHY = "healthy";
  static final String WITH_WEBHOOK = "healthy, with webhook";

  private static final double LOST = 0.1;
  private static final int SCENARIOS = 8;
  private static final int MOST_ITEM_BYTES = 1024;

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String summary() {
    return "what a job costs over its whole life, by counts and list prices; and an idle month";
  }

  @Override
  public Report run(Options options, Progress progress) throws IOException {
    PriceList prices = PriceList.read();
    try (MeteredSystem system = MeteredSystem.start(options.home().resolve("template.yaml"))) {
      return new Counting(system, prices, progress).report(options.home());
    }
  }

  private static final class Counting {
    private final MeteredSystem system;
    private final PriceList prices;
    private final Progress progress;
    private final Lives lives;
    private final Map<String, Integer> memory;

    Counting(MeteredSystem system, PriceList prices, Progress progress) {
      this.system = system;
      this.prices = prices;
      this.progress = progress;
      this.lives = new Lives(system, prices);
      this.memory =
          system.template().functions().stream()
              .collect(Collectors.toMap(MeteredSystem::nameOf, FunctionResource::memoryMegabytes));
    }

    Report report(Path home) throws IOException {
      progress.begin("cost", SCENARIOS);
      Life healthy = life(HEALTHY, lives::healthy);
      Life withWebhook = life(WITH_WEBHOOK, lives::withWebhook);
      Usage lost = usage(life("callback lost", lives::withoutCallback));
      var usages = new LinkedHashMap<String, Usage>();
      usages.put(HEALTHY, usage(healthy));
      usages.put(WITH_WEBHOOK, usage(withWebhook));
      usages.put("10% of callbacks lost", usage(healthy).times(1 - LOST).plus(lost.times(LOST)));
      usages.put("sync mode, with webhook", usage(life("sync", lives::inSyncMode)));
      usages.put(
          "healthy, with Idempotency-Key",
          usage(life("Idempotency-Key", lives::withIdempotencyKey)));
      usages.put(
          "healthy, client's first in a minute",
          usage(life("first in a minute", lives::firstInAMinute)));
      usages.put("one status read", usage(life("status read", lives::statusRead)));
      IdleMonth idle = idleMonth(home);

      var rows = new ArrayList<Row>();
      rows.addAll(writes(withWebhook));
      usages.forEach((name, usage) -> rows.add(counts(name, usage)));
      usages.forEach((name, usage) -> rows.add(bill(name, Bill.ofMillion(usage, prices))));
      beside(withWebhook)
          .forEach((name, line) ->
              rows.add(
                  Row.of("beside a million jobs: " + name)
                      .with("count", line.count())
                      .with("usd", line.usd())));
      idle.lines()
          .forEach((name, line) ->
              rows.add(
                  Row.of("idle month: " + name)
                      .with("count", line.count())
                      .with("usd", line.usd())));
      rows.add(Row.of("idle month").with("usd", idle.total()));
      var limits = new ArrayList<Limit>();
      limits.addAll(limits(HEALTHY, usage(healthy), new Allowed(10, 3, 4, 16)));
      limits.addAll(limits(WITH_WEBHOOK, usage(withWebhook), new Allowed(15, 5, 7, 25)));
      limits.add(
          Limit.atMost(
              MOST_ITEM_BYTES,
              WITH_WEBHOOK + ": bytes of the item at its largest",
              withWebhook.mostItemBytes()));
      return new Report("cost", rows, limits, notes());
    }

    private Life life(String name, Supplier<Life> lived) {
      Life life = lived.get();
      progress.step(name);
      return life;
    }

    private Usage usage(Life life) {
      return Usage.of(life.metered(), memory, prices);
    }

    private IdleMonth idleMonth(Path home) throws IOException {
      Template template = system.template();
      int eventSources =
          template.functions().stream().mapToInt(each -> each.queueSources().size()).sum();
      Usage sweep = Usage.of(lives.idleSweep(), memory, prices);
      progress.step("idle sweep");
      return IdleMonth.of(
          sweep,
          template.schedules().getFirst().rate(),
          eventSources,
          IdleMonth.templates(home),
          prices);
    }

    /** What follows the jobs too, but is not asked for by their requests. */
    private Map<String, IdleMonth.Line> beside(Life life) {
      var lines = new LinkedHashMap<String, IdleMonth.Line>();
      double bytes = life.mostItemBytes() + prices.assumed("storageOverheadBytes");
      lines.put(
          "items kept for 30 days, GB",
          IdleMonth.Line.of(
              bytes * Bill.MILLION / Bill.BYTES_PER_GIGABYTE,
              prices.usd("tableGigabyteMonth") + prices.usd("tableRecoveryGigabyteMonth")));
      lines.put(
          "sent out, GB",
          IdleMonth.Line.of(
              prices.assumed("bytesSentOut") * Bill.MILLION / Bill.BYTES_PER_GIGABYTE,
              prices.usd("gigabyteSentOut")));
      lines.put(
          "secrets read in a month, by one sandbox each of dispatch and webhook",
          IdleMonth.Line.of(
              prices.assumed("secretReadsPerHour") * IdleMonth.HOURS,
              prices.usd("millionSecretReads") / Bill.MILLION));
      return lines;
    }

    private static List<Row> writes(Life life) {
      var rows = new ArrayList<Row>();
      List<TableRequest> writes = life.writes();
      for (int i = 0; i < writes.size(); i++) {
        TableRequest write = writes.get(i);
        rows.add(
            Row.of((i + 1) + ". " + write.function() + ": " + write.operation())
                .with("tableUnits", write.tableUnits())
                .with("dueUnits", write.indexUnits().getOrDefault("due", 0.0))
                .with("byClientUnits", write.indexUnits().getOrDefault("by_client", 0.0))
                .with("itemBytes", life.itemBytes().get(i)));
      }
      return rows;
    }

    private static Row counts(String name, Usage usage) {
      return Row.of(name)
          .with("writeUnits", usage.writeUnits())
          .with("readUnits", usage.readUnits())
          .with("sqsRequests", usage.queueRequests())
          .with("apiRequests", usage.apiRequests())
          .with("invocations", usage.invocations())
          .with("billedMillis", usage.billedMillis())
          .with("gigabyteSeconds", usage.gigabyteSeconds())
          .with("logBytes", usage.logBytes());
    }

    private static Row bill(String name, Bill bill) {
      return new Row("USD a million: " + name, bill.lines()).with("totalUsd", bill.total());
    }

    private record Allowed(double writes, double reads, double queueRequests, double usd) {}

    private List<Limit> limits(String name, Usage usage, Allowed allowed) {
      return List.of(
          Limit.atMost(allowed.writes(), name + ": write units a job", usage.writeUnits()),
          Limit.atMost(allowed.reads(), name + ": read units a job", usage.readUnits()),
          Limit.atMost(
              allowed.queueRequests(), name + ": SQS requests a job", usage.queueRequests()),
          Limit.atMost(
              allowed.usd(),
              name + ": USD per million jobs",
              Bill.ofMillion(usage, prices).total()));
    }

    private List<String> notes() {
      return List.of(
          "List prices of "
              + prices.date()
              + " in "
              + prices.region()
              + ", without free tiers and taxes; latencies, logs and what else is assumed stand"
              + " with their reasons beside them in prices-2026-11.json. Memory is"
              + " template.yaml's.",
          "Each message is received and deleted alone, as at low load. The client's key is"
              + " remembered from a job before, within the minute; the first one in a minute reads"
              + " it.",
          "A job's life has no question of its client in it: each one costs what a status read"
              + " does.",
          "Mode sync costs as much as it does since each of Pixal3D's reports, at most 15 s apart,"
              + " is saved and told, and is asked for 12 s after the one before.");
    }
  }
}
