package dev.pixal3d.jobs.core.telemetry;

import java.time.Duration;

/** Takes what is to be counted. Never fails: a metric is no reason to stop work. */
@FunctionalInterface
public interface Metrics {
  /** Counts nothing. */
  Metrics NONE = (_, _) -> {};

  /**
   * Takes a value.
   *
   * @param value in the metric's unit
   */
  void add(Metric metric, double value);

  /** Counts one. */
  default void count(Metric metric) {
    add(metric, 1);
  }

  /** Takes a time; one that is negative, for clocks differ, as none. */
  default void time(Metric metric, Duration time) {
    add(metric, (double) Math.max(0, time.toMillis()));
  }
}
