package dev.pixal3d.jobs.core.store;

import org.jspecify.annotations.Nullable;

/** The store did not do what it was asked, or it is not certain that it did. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
