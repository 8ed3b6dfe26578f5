package dev.pixal3d.jobs.core.queue;

import org.jspecify.annotations.Nullable;

/** A message may not have been sent. */
public final class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
