package dev.pixal3d.simulator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request that is answered 400. */
final class BadRequestException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String forSender;

  BadRequestException(String forSender) {
    this(forSender, null);
  }

  BadRequestException(String forSender, @Nullable Throwable cause) {
    super(forSender, cause);
    this.forSender = forSender;
  }

  /** What the sender is told. */
  String forSender() {
    return forSender;
  }
}
