package dev.pixal3d.jobs.core.telemetry;

import org.slf4j.MDC;

/**
 * Which job of which client the log lines of this thread are about. Where lines are JSON, these are
 * members of each.
 */
public final class LogContext {
  /** The member that names the job. */
  public static final String REQUEST_ID = "request_id";

  /** The member that names the client. */
  public static final String CLIENT = "client";

  private LogContext() {}

  /** From now on it is about this job. */
  public static void job(Object requestId) {
    MDC.put(REQUEST_ID, requestId.toString());
  }

  /** From now on it is about something of this client. */
  public static void client(String name) {
    MDC.put(CLIENT, name);
  }

  /** From now on it is about no job and no client. */
  public static void clear() {
    MDC.remove(REQUEST_ID);
    MDC.remove(CLIENT);
  }
}
