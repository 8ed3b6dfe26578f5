package dev.pixal3d.simulator;

import java.net.URI;

/** What URLs the simulator takes. */
final class Urls {
  private Urls() {}

  /** Absolute, http or https, with a host. */
  static boolean isHttp(URI uri) {
    return uri.getHost() != null
        && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
  }

  /** https, or http on this machine: a test's own server seldom has a certificate. */
  static boolean isWebhook(URI uri) {
    return isHttp(uri) && ("https".equalsIgnoreCase(uri.getScheme()) || isLoopback(uri.getHost()));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }
}
