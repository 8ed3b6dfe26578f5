package dev.pixal3d.jobs.runtime;

/**
 * A function failed, and said so or was ended; type and message are those that Lambda would report.
 */
public final class FunctionErrorException extends RuntimeException {
  private final Phase phase;
  private final String type;
  private final String words;

  FunctionErrorException(Phase phase, String type, String words) {
    super("%s: %s".formatted(type, words));
    this.phase = phase;
    this.type = type;
    this.words = words;
  }

  /** When it failed (Lambda developer guide, "Understanding the Lambda execution environment"). */
  public enum Phase {
    /** Before it asked for an event: nothing was handled, and the process is gone. */
    INIT,
    /** In a hook before or after the restore of a snapshot: the process is gone. */
    RESTORE,
    /** Handling an event. */
    INVOKE
  }

  /** When. */
  public Phase phase() {
    return phase;
  }

  /**
   * The exception's class; or Lambda's own {@code Sandbox.Timedout}, and {@code Runtime.ExitError}
   * when the process ended.
   */
  public String type() {
    return type;
  }

  /** The message alone. */
  public String words() {
    return words;
  }
}
