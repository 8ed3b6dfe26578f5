package dev.pixal3d.jobs.core.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules for an address (RFC 3986) that a stranger sends. No name is looked up. */
final class WebAddress {
  /** The longest address, in characters. */
  static final int MAX_LENGTH = 2048;

  private static final int MAX_PORT = 65_535;

  private WebAddress() {}

  /**
   * What is wrong with an address, if anything; reads on from the field's name. Never repeats the
   * address: it may hold a credential.
   *
   * @param transport which schemes, on which hosts, are allowed
   * @param demand what to tell if the transport is not allowed
   * @param more what is wrong with an address that is in order so far, if anything
   */
  static Optional<String> complaint(
      String text, Predicate<URI> transport, String demand, Function<URI, Optional<String>> more) {
    if (text.length() > MAX_LENGTH) {
      return Optional.of(
          "must be at most %d characters long, but has %d".formatted(MAX_LENGTH, text.length()));
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return Optional.of(mustBeEncoded(i));
      }
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.of(mustBeEncoded(e.getIndex()));
    }
    if (!transport.test(uri)) {
      return Optional.of(demand);
    }
    URI server = withUnderscoresInHost(uri);
    if (server.getRawUserInfo() != null) {
      return Optional.of("must not hold a user name or password");
    }
    if (server.getHost() == null) {
      return Optional.of("must name a host, as in https://example.com/");
    }
    if (server.getPort() == 0 || server.getPort() > MAX_PORT) {
      return Optional.of("must name a port from 1 to " + MAX_PORT + ", or none");
    }
    return more.apply(uri);
  }

  /** Whether the address is one of the web at all. */
  static boolean isHttpOrHttps(URI uri) {
    return hasScheme(uri, "http") || hasScheme(uri, "https");
  }

  static boolean hasScheme(URI uri, String scheme) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  private static String mustBeEncoded(int index) {
    return ("is not a valid URL at character %d: percent-encode what a URL cannot hold,"
            + " such as spaces (%%20)")
        .formatted(index + 1);
  }

  /**
   * {@link URI} finds no host in an address with an underscore in its host's name, though such
   * names resolve and images lie there. It is asked again with a letter in the underscore's place.
   */
  private static URI withUnderscoresInHost(URI uri) {
    @Nullable String authority = uri.getRawAuthority();
    if (uri.getHost() != null || authority == null) {
      return uri;
    }
    return URI.create(uri.getScheme() + "://" + authority.replace('_', 'x'));
  }
}
