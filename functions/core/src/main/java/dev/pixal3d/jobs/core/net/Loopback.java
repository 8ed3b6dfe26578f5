package dev.pixal3d.jobs.core.net;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The plain http addresses that are allowed where the system runs on one machine, only there. */
public final class Loopback {
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");

  private Loopback() {}

  /** Whether this is http://localhost or http://127.0.0.1, on any port. */
  public static boolean isPlainHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme())
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && HOSTS.contains(url.getHost().toLowerCase(Locale.ROOT));
  }
}
