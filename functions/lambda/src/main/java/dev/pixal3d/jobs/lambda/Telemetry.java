package dev.pixal3d.jobs.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.lambda.logging.Invocation;
import java.io.OutputStream;
import java.io.PrintStream;
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
  private static final @Nullable EmbeddedMetrics METRICS =
      embeddedMetrics(System.getenv("METRICS_NAMESPACE"));

  private Telemetry() {}

  private static @Nullable EmbeddedMetrics embeddedMetrics(@Nullable String namespace) {
    return namespace == null
        ? null
        : new EmbeddedMetrics(
            namespace, System.getenv().getOrDefault("SERVICE_NAME", "pixal3d-jobs"));
  }

  /** What takes metrics; they are written when the invocation ends. */
  static Metrics metrics() {
    return METRICS == null ? Metrics.NONE : METRICS;
  }

  /** Does what is a rehearsal only: what it says and counts nobody hears. */
  static void rehearse(Runnable work) {
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      work.run();
      metrics().add(Metric.WORK_FAILED, 0);
      flush();
    } finally {
      System.setOut(stdout);
      Invocation.forget();
    }
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
    if (METRICS != null) {
      METRICS.flush();
    }
  }
}
