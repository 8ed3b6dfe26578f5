package dev.pixal3d.jobs.local.runtime;

import org.jspecify.annotations.Nullable;

/** A function threw, overran its timeout, or could not be invoked at all. */
public final class InvocationFailedException extends RuntimeException {
  InvocationFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
