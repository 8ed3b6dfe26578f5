package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Remembers what was counted. */
public final class RecordedMetrics implements Metrics {
  private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);

  @Override
  public synchronized void add(Metric metric, double value) {
    values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
  }

  /** All values that a metric was given. */
  public synchronized List<Double> values(Metric metric) {
    return List.copyOf(values.getOrDefault(metric, List.of()));
  }

  /** The sum of what a metric was given; 0 if nothing. */
  public double sum(Metric metric) {
    return values(metric).stream().mapToDouble(Double::doubleValue).sum();
  }
}
