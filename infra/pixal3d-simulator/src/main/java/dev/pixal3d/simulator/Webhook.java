package dev.pixal3d.simulator;

import java.net.URI;

/**
 * Where a job's callbacks go.
 *
 * @param url may hold a credential, so it is never logged
 */
record Webhook(URI url, Mode mode) {

  @Override
  public String toString() {
    return "Webhook[mode=" + mode + "]";
  }

  /** The page's "Webhook Headers". */
  enum Mode {
    TERMINAL,
    SYNC
  }
}
