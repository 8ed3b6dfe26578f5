package dev.pixal3d.jobs.core.endpoint;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client's server that has failed since some time. One that works is not kept.
 *
 * @param key which server
 * @param version counts the saves, from 1
 * @param failingSince the first failure after the last success
 * @param probeAt when the next attempt may be made although it is switched off; null while it is on
 */
public record Endpoint(Key key, long version, Instant failingSince, @Nullable Instant probeAt) {

  /**
   * Names a server of a client.
   *
   * @param server scheme, host and port, as in {@code https://example.com:443}
   */
  public record Key(String client, String server) {
    /** The server that an address leads to. */
    public static Key of(String client, URI url) {
      String scheme = url.getScheme().toLowerCase(Locale.ROOT);
      int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
      String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
      return new Key(client, scheme + "://" + host + ":" + port);
    }
  }

  /** Whether no attempts are made but probes. */
  public boolean isOff() {
    return probeAt != null;
  }

  /** This endpoint, switched off until a probe. */
  Endpoint offUntil(Instant nextProbe) {
    return new Endpoint(key, version, failingSince, nextProbe);
  }

  /** This endpoint with another version. */
  public Endpoint ofVersion(long otherVersion) {
    return new Endpoint(key, otherVersion, failingSince, probeAt);
  }
}
