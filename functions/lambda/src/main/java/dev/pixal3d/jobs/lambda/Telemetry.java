package dev.pixal3d.jobs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * Log lines and metrics of an invocation, as Powertools for AWS Lambda writes them: each line JSON
 * with the function's name and whether it started cold, the metrics in the Embedded Metric Format
 * at the end, if a namespace for them is set. Elsewhere than on Lambda there are no metrics, and
 * the lines are as they come.
 */
final class Telemetry {
  private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
  private static final boolean ON_LAMBDA = System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null;
  private static final @Nullable String NAMESPACE = System.getenv("POWERTOOLS_METRICS_NAMESPACE");
  private static final @Nullable String SERVICE = System.getenv("POWERTOOLS_SERVICE_NAME");
  private static final String COLD_START = "cold_start";

  /** Until the first invocation; so it is in every sandbox that a snapshot becomes. */
  private static final AtomicBoolean COLD = new AtomicBoolean(true);

  /**
   * What this invocation has counted; there is one at a time. Not Powertools' own singleton: its
   * hook before a snapshot wants AspectJ.
   */
  private static software.amazon.lambda.powertools.metrics.@Nullable Metrics counted;

  private Telemetry() {}

  /** What takes metrics; they are written when the invocation ends. */
  static Metrics metrics() {
    return ON_LAMBDA && NAMESPACE != null ? Telemetry::add : Metrics.NONE;
  }

  /** Writes a line and a count of none, so that the first invocation finds the way warm. */
  static void prime() {
    if (ON_LAMBDA) {
      PowertoolsLogging.withLogging(
          null,
          () -> {
            log.info("Primed");
            return true;
          });
      metrics().add(Metric.WORK_FAILED, 0);
      flush();
    }
  }

  /** Does the work of an invocation. */
  static <T> T invocation(Context context, Supplier<T> work) {
    if (!ON_LAMBDA) {
      return work.get();
    }
    try {
      return PowertoolsLogging.withLogging(
          context,
          () -> {
            // A restore is a cold start too; Powertools counts only what is brought up on demand.
            MDC.put(COLD_START, Boolean.toString(COLD.getAndSet(false)));
            return work.get();
          });
    } finally {
      flush();
    }
  }

  private static synchronized void add(Metric metric, double value) {
    if (counted == null) {
      counted = new EmfMetricsProvider().getMetricsInstance();
      counted.setNamespace(NAMESPACE);
      counted.setDefaultDimensions(
          DimensionSet.of("Service", SERVICE == null ? "pixal3d-jobs" : SERVICE));
    }
    counted.addMetric(metric.metricName(), value, unit(metric));
  }

  /** What was done is done, also if it cannot be counted. */
  private static synchronized void flush() {
    try {
      if (counted != null) {
        counted.flush();
      }
    } catch (RuntimeException e) {
      log.error("The metrics of this invocation are lost: {}", e.getMessage(), e);
    } finally {
      counted = null;
    }
  }

  private static MetricUnit unit(Metric metric) {
    return switch (metric.unit()) {
      case COUNT -> MetricUnit.COUNT;
      case MILLISECONDS -> MetricUnit.MILLISECONDS;
    };
  }
}
