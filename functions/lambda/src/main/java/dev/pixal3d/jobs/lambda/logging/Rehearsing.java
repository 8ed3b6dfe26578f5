package dev.pixal3d.jobs.lambda.logging;

import org.jspecify.annotations.Nullable;

/**
 * Work that is a rehearsal only: its log lines are made but not written, and its invocations are
 * not the sandbox's first. This holds for the thread that does it and for no other, so that one
 * which hangs keeps nobody else quiet; functions log from the thread that is invoked.
 */
public final class Rehearsing {
  private static final ScopedValue<Rehearsing> OF_THIS_THREAD = ScopedValue.newInstance();

  private @Nullable Throwable lastError;

  private Rehearsing() {}

  /**
   * Does such work. If it fails, the last error that it logged is told as suppressed in its
   * exception, for nobody has heard of it.
   */
  public static void run(Runnable work) {
    var rehearsing = new Rehearsing();
    try {
      ScopedValue.where(OF_THIS_THREAD, rehearsing).run(work);
    } catch (RuntimeException e) {
      Throwable logged = rehearsing.lastError;
      if (logged != null && !logged.equals(e)) {
        e.addSuppressed(logged);
      }
      throw e;
    }
  }

  /** Whether this thread rehearses. */
  public static boolean isUnderWay() {
    return OF_THIS_THREAD.isBound();
  }

  /** Remembers an error that is logged, if this thread rehearses. */
  static void remember(Throwable error) {
    if (isUnderWay()) {
      OF_THIS_THREAD.get().lastError = error;
    }
  }
}
