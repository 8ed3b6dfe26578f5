package dev.pixal3d.jobs.core.secrets;

import org.jspecify.annotations.Nullable;

/** A secret could not be read. Never holds its value. */
public final class SecretsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SecretsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
