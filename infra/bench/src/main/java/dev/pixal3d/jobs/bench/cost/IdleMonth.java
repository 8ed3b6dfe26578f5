package dev.pixal3d.jobs.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A month of 30 days in which nobody submits a job: what the templates have costs all the same. */
record IdleMonth(Map<String, Line> lines) {
  private static final Duration MONTH = Duration.ofDays(30);
  static final double HOURS = MONTH.toHours();

  /** A resource of a template, up to the next one. */
  private static final Pattern RESOURCE =
      Pattern.compile("^  \\w+:(?: #.*)?\\n(?:(?:   .*)?\\n)*", Pattern.MULTILINE);

  IdleMonth {
    lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  /**
   * A line of the bill.
   *
   * @param count how many
   * @param usd for all of them
   */
  record Line(double count, double usd) {
    static Line of(double count, double usdForOne) {
      return new Line(count, count * usdForOne);
    }
  }

  /**
   * Adds it up.
   *
   * @param sweep what one sweep takes that finds nothing
   * @param sweepEvery the schedule's rate
   * @param eventSources how many queues Lambda polls
   * @param templates template.yaml and what is nested in it
   */
  static IdleMonth of(
      Usage sweep, Duration sweepEvery, int eventSources, String templates, PriceList prices) {
    double sweeps = (double) MONTH.toSeconds() / sweepEvery.toSeconds();
    Usage swept = sweep.times(sweeps);
    Bill bill = Bill.of(swept, prices);
    double emptyReceives =
        eventSources
            * prices.assumed("idlePollersPerQueue")
            * MONTH.toSeconds()
            / prices.assumed("longPollSeconds");
    double keyRequests = HOURS * prices.assumed("keyRequestsPerHour");
    double storedGigabytes = swept.logBytes() / Bill.BYTES_PER_GIGABYTE;
    var lines = new LinkedHashMap<String, Line>();
    lines.put(
        "alarms, by their metrics",
        Line.of(alarmMetrics(templates), prices.usd("alarmMetricMonth")));
    lines.put(
        "dashboards",
        Line.of(resources(templates, "AWS::CloudWatch::Dashboard"), prices.usd("dashboardMonth")));
    lines.put("custom metrics: SweepLag", Line.of(1, prices.usd("metricMonth")));
    lines.put(
        "secrets, Pixal3D's key with them",
        Line.of(
            1 + resources(templates, "AWS::SecretsManager::Secret"), prices.usd("secretMonth")));
    lines.put(
        "SQS: Lambda's receives of nothing",
        Line.of(emptyReceives, prices.usd("millionQueueRequests") / Bill.MILLION));
    lines.put("SQS: messages of the sweeps", line(swept.queueRequests(), bill, "sqsUsd"));
    lines.put("schedule", Line.of(sweeps, prices.usd("millionScheduledMessages") / Bill.MILLION));
    lines.put("DynamoDB: read units of the sweeps", line(swept.readUnits(), bill, "dynamoDbUsd"));
    lines.put("Lambda: GB-seconds of the sweeps", line(swept.gigabyteSeconds(), bill, "lambdaUsd"));
    lines.put("logs of the sweeps: GB", line(storedGigabytes, bill, "logsUsd"));
    lines.put("logs kept: GB", Line.of(storedGigabytes, prices.usd("logGigabyteMonth")));
    lines.put(
        "KMS: requests for the table's key",
        Line.of(keyRequests, prices.usd("millionKeyRequests") / Bill.MILLION));
    return new IdleMonth(lines);
  }

  private static Line line(double count, Bill bill, String name) {
    return new Line(count, bill.lines().getOrDefault(name, 0.0));
  }

  /** All of it, in US dollars. */
  double total() {
    return lines.values().stream().mapToDouble(Line::usd).sum();
  }

  /** The templates, one after the other. */
  static String templates(Path home) throws IOException {
    return Files.readString(home.resolve("template.yaml"))
        + Files.readString(home.resolve("infra/monitoring.yaml"));
  }

  private static int resources(String templates, String type) {
    return (int) RESOURCE.matcher(templates).results().filter(found -> isOf(found, type)).count();
  }

  /** An alarm over several metrics costs as many alarms. */
  private static int alarmMetrics(String templates) {
    return RESOURCE
        .matcher(templates)
        .results()
        .filter(found -> isOf(found, "AWS::CloudWatch::Alarm"))
        .mapToInt(found -> Math.max(1, found.group().split("MetricStat:", -1).length - 1))
        .sum();
  }

  private static boolean isOf(MatchResult resource, String type) {
    return resource.group().contains("    Type: " + type + "\n");
  }
}
