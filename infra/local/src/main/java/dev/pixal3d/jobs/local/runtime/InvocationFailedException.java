package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.embedded.FunctionResource;
import org.jspecify.annotations.Nullable;

/** A function threw, overran its timeout, or could not be invoked at all. */
public final class InvocationFailedException extends RuntimeException {
  InvocationFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A function that cannot be brought up. */
  static InvocationFailedException unusable(
      FunctionResource function, String why, @Nullable Throwable cause) {
    return new InvocationFailedException(
        "%s cannot be loaded: %s (handler %s)"
            .formatted(function.logicalId(), why, function.handlerClass()),
        cause);
  }
}
