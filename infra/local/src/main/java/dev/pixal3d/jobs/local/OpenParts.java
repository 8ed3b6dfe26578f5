package dev.pixal3d.jobs.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened and is to be closed, the last one first; however far the opening came, and
 * also while it still goes on.
 */
final class OpenParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  /** Remembers a part; one that comes after the closing is closed at once. */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      close(part);
    } else {
      parts.push(part);
    }
    return part;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) { // One part that does not close is no reason to leave the others open.
      log.warn("{} did not close: {}", part.getClass().getSimpleName(), e.getMessage());
    }
  }
}
