package dev.pixal3d.jobs.core.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The form of a {@code request_id} of Pixal3D's that we are ready to keep, compare and ask for: 1
 * to 200 visible ASCII characters. The page promises no form of its own, so this one only keeps out
 * what could do harm in a key, a path or a log.
 */
final class UpstreamId {
  private static final int LONGEST = 200;

  private UpstreamId() {}

  /** The {@code request_id} of a body, if it has one that can be read. */
  static Optional<String> in(ObjectNode body) {
    return Optional.ofNullable(body.path("request_id").textValue())
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST && Words.isVisibleAscii(id));
  }
}
