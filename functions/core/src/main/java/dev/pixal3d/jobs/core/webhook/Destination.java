package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.net.Loopback;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a webhook's address leads, read by one strict grammar, so that nobody further down reads it
 * in another way.
 *
 * @param onThisMachine whether it is one of {@link Loopback}'s and those are allowed: then it has
 *     to lead to this machine, else to a public address
 * @param host a DNS name, four decimal numbers, or an IPv6 address without brackets
 * @param port -1 for the scheme's own
 * @param pathAndQuery begins with a slash; ASCII
 */
record Destination(boolean onThisMachine, String host, int port, String pathAndQuery) {
  private static final Set<Integer> PORTS = Set.of(-1, 443, 8443);
  private static final int HIGHEST_PORT = 65_535;

  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+)]|(?<host>[0-9A-Za-z._-]+))(?::(?<port>\\d*))?");

  /** The last label of what the URL standard reads as an IPv4 address, in whatever form. */
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  /** An address that gets no connection; the message reads on from "refused: ". */
  static final class RefusedException extends Exception {
    private RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Reads an address. No name is looked up.
   *
   * @param allowLoopback whether the plain http addresses of {@link Loopback} are allowed too
   * @throws RefusedException unless it is an https address on port 443 or 8443 with a host and
   *     without user and password, or an allowed one of this machine
   */
  static Destination of(URI url, boolean allowLoopback) throws RefusedException {
    boolean onThisMachine = allowLoopback && Loopback.isPlainHttp(url);
    if (!onThisMachine && !"https".equalsIgnoreCase(url.getScheme())) {
      throw new RefusedException("webhooks go to https:// addresses only");
    }
    String authority = Objects.requireNonNullElse(url.getRawAuthority(), "");
    if (authority.contains("@")) {
      throw new RefusedException("the address holds a user name or password");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new RefusedException("the address names no host, or not in plain ASCII");
    }
    String host =
        parts.group("six") == null ? nameOrFour(parts.group("host")) : six(parts.group("six"));
    int port = port(Objects.requireNonNullElse(parts.group("port"), ""));
    if (!onThisMachine && !PORTS.contains(port)) {
      throw new RefusedException("port %d is not allowed, only 443 and 8443".formatted(port));
    }
    return new Destination(onThisMachine, host, port, pathAndQuery(url));
  }

  String scheme() {
    return onThisMachine ? "http" : "https";
  }

  /**
   * @throws RefusedException unless webhooks may go to each of these addresses of the host
   */
  void check(List<InetAddress> addresses) throws RefusedException {
    for (InetAddress address : addresses) {
      String text = address.getHostAddress();
      String leadsTo = text.equals(host) ? text + " is" : host + " leads to " + text + ", which is";
      if (onThisMachine) {
        if (!address.isLoopbackAddress()) {
          throw new RefusedException(leadsTo + " not this machine");
        }
        continue;
      }
      var purpose = PublicAddresses.specialPurpose(address);
      if (purpose.isPresent()) {
        throw new RefusedException(leadsTo + " not a public address (" + purpose.get() + ")");
      }
    }
  }

  private static String nameOrFour(String host) throws RefusedException {
    if (host.endsWith(".")) {
      throw new RefusedException("the host ends with a full stop");
    }
    if (ENDS_IN_A_NUMBER.matcher(host).matches() && !isFourDecimals(host)) {
      throw new RefusedException(host + " is not an IPv4 address of four decimal numbers");
    }
    return host;
  }

  private static boolean isFourDecimals(String host) {
    try {
      return InetAddress.ofLiteral(host).getHostAddress().equals(host);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String six(String literal) throws RefusedException {
    try {
      // An IPv4-mapped one comes back as the IPv4 address.
      if (InetAddress.ofLiteral(literal) instanceof Inet6Address address) {
        return address.getHostAddress();
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new RefusedException("[" + literal + "] is not an IPv6 address of its own right");
  }

  private static int port(String digits) throws RefusedException {
    if (digits.isEmpty()) {
      return -1;
    }
    int port = digits.length() > 5 ? HIGHEST_PORT + 1 : Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      throw new RefusedException("there is no port " + digits);
    }
    return port;
  }

  private static String pathAndQuery(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = Objects.requireNonNullElse(ascii.getRawPath(), "");
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return (path.isEmpty() ? "/" : path) + query;
  }
}
