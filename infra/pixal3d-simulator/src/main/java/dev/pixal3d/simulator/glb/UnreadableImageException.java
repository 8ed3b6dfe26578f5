package dev.pixal3d.simulator.glb;

import java.io.Serial;

/** The bytes are no picture that a model can be made of. The message is a clause: "it is ...". */
public final class UnreadableImageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  UnreadableImageException(String reason) {
    super(reason);
  }

  UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
