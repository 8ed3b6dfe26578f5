package dev.pixal3d.jobs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.lambda.logging.Invocation;
import dev.pixal3d.jobs.lambda.logging.Rehearsing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines and metrics of an invocation. Where no namespace is set for metrics, as elsewhere than
 * on Lambda, there are none.
 */
final class Telemetry {
  private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
  private static final @Nullable String NAMESPACE = System.getenv("METRICS_NAMESPACE");
  private static final @Nullable EmbeddedMetrics METRICS = embeddedMetrics(NAMESPACE);

  /** A rehearsal that hangs shall neither add to what others count nor take it away. */
  private static final @Nullable EmbeddedMetrics REHEARSED = embeddedMetrics(NAMESPACE);

  private Telemetry() {}

  private static @Nullable EmbeddedMetrics embeddedMetrics(@Nullable String namespace) {
    return namespace == null
        ? null
        : new EmbeddedMetrics(
            namespace, System.getenv().getOrDefault("SERVICE_NAME", "pixal3d-jobs"));
  }

  /** What takes metrics; they are written when the invocation ends. */
  static Metrics metrics() {
    EmbeddedMetrics metrics = embeddedMetrics();
    return metrics == null ? Metrics.NONE : metrics;
  }

  private static @Nullable EmbeddedMetrics embeddedMetrics() {
    return Rehearsing.isUnderWay() ? REHEARSED : METRICS;
  }

  /** Does what is a rehearsal only: what it says and counts nobody hears. */
  static void rehearse(Runnable work) {
    Rehearsing.run(() -> {
      work.run();
      metrics().add(Metric.WORK_FAILED, 0);
      flush();
    });
    log.info("Rehearsed");
  }

  /** Does the work of an invocation. */
  static <T> T invocation(Context context, Supplier<T> work) {
    try {
      return Invocation.with(context, work);
    } finally {
      flush();
    }
  }

  private static void flush() {
    EmbeddedMetrics metrics = embeddedMetrics();
    if (metrics != null) {
      metrics.flush();
    }
  }
}
