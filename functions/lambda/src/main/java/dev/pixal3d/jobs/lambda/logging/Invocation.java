package dev.pixal3d.jobs.lambda.logging;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Which invocation a thread's log lines are about. */
public final class Invocation {
  private static final String SERVICE =
      System.getenv().getOrDefault("SERVICE_NAME", "pixal3d-jobs");

  /** Where the runtime client puts what X-Ray sent, {@code Root=1-…;Parent=…;Sampled=1}. */
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  /**
   * Until the first invocation; so it is in every sandbox that a snapshot becomes, for a restore is
   * a cold start too.
   */
  private static final AtomicBoolean COLD = new AtomicBoolean(true);

  private static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  private final Context context;
  private final boolean cold = Rehearsing.isUnderWay() || COLD.getAndSet(false);

  private Invocation(Context context) {
    this.context = context;
  }

  /** Does the work of one. */
  public static <T> T with(Context context, Supplier<T> work) {
    return ScopedValue.where(CURRENT, new Invocation(context)).call(work::get);
  }

  /** Writes the members that tell of it; between two, just those that hold for all. */
  static void writeCurrent(JsonGenerator json) throws IOException {
    if (CURRENT.isBound()) {
      CURRENT.get().write(json);
    }
    json.writeStringField("service", SERVICE);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeBooleanField("cold_start", cold);
    json.writeStringField("function_arn", context.getInvokedFunctionArn());
    json.writeNumberField("function_memory_size", context.getMemoryLimitInMB());
    json.writeStringField("function_name", context.getFunctionName());
    json.writeStringField("function_request_id", context.getAwsRequestId());
    json.writeStringField("function_version", context.getFunctionVersion());
    String trace = System.getProperty(TRACE_HEADER);
    if (trace != null && trace.startsWith("Root=")) {
      json.writeStringField("xray_trace_id", trace.substring("Root=".length()).split(";", 2)[0]);
    }
  }
}
