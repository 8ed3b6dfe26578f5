package dev.pixal3d.jobs.core.api;

import dev.pixal3d.jobs.core.net.Loopback;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for an address that a client wants to be told at. No name is looked up. */
final class WebhookAddress {
  private static final Set<Integer> PORTS = Set.of(-1, 443, 8443);
  private static final Pattern ANOTHER_ADDRESS =
      Pattern.compile(",[ \\t]*https?://", Pattern.CASE_INSENSITIVE);

  private final boolean allowLoopbackHttp;

  /**
   * @param allowLoopbackHttp whether it may also be plain http on {@code localhost} or {@code
   *     127.0.0.1}, on any port
   */
  WebhookAddress(boolean allowLoopbackHttp) {
    this.allowLoopbackHttp = allowLoopbackHttp;
  }

  /** What is wrong with an address, if anything; reads on from the field's name. */
  Optional<String> complaint(String address) {
    if (ANOTHER_ADDRESS.matcher(address).find()) {
      return Optional.of("must be sent once, with one address");
    }
    String demand =
        "must begin with https://"
            + (allowLoopbackHttp ? ", or with http:// on localhost or 127.0.0.1" : "");
    return WebAddress.complaint(address, this::isAllowedTransport, demand, this::complaint);
  }

  private Optional<String> complaint(URI address) {
    if (address.getHost() == null) {
      return Optional.of("must name a host of letters, digits, hyphens and dots");
    }
    if (address.getRawFragment() != null) {
      return Optional.of("must not have a fragment (#)");
    }
    if (!PORTS.contains(address.getPort()) && !isAllowedLoopback(address)) {
      return Optional.of("must name port 443 or 8443, or none");
    }
    return Optional.empty();
  }

  private boolean isAllowedTransport(URI address) {
    return WebAddress.hasScheme(address, "https") || isAllowedLoopback(address);
  }

  private boolean isAllowedLoopback(URI address) {
    return allowLoopbackHttp && Loopback.isPlainHttp(address);
  }
}
