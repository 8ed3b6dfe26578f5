package dev.pixal3d.jobs.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line a state, for files and pipes. */
record PlainProgress(PrintWriter out) implements Progress {
  @Override
  public void reached(String status, Duration elapsed) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed.toMillis() / 1000.0, status);
    out.flush();
  }

  @Override
  public void waiting() {
    // A file does not need to be told that nothing happens.
  }

  @Override
  public void close() {
    out.flush();
  }
}
