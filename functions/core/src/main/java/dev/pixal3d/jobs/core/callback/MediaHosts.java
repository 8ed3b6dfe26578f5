package dev.pixal3d.jobs.core.callback;

import dev.pixal3d.jobs.core.net.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * The hosts on which generated media may lie (MEDIA_HOSTS). A callback that names another one is
 * not believed.
 */
public final class MediaHosts {
  private final List<String> suffixes;
  private final boolean allowLoopback;

  /**
   * @param suffixes hosts; one that begins with a dot stands for all below it
   * @param allowLoopback whether http://localhost and http://127.0.0.1 are allowed too
   */
  public MediaHosts(List<String> suffixes, boolean allowLoopback) {
    this.suffixes = suffixes.stream().map(suffix -> suffix.toLowerCase(Locale.ROOT)).toList();
    this.allowLoopback = allowLoopback;
  }

  /** Whether this is an https address on an allowed host. */
  public boolean allow(String mediaUrl) {
    URI url;
    try {
      url = new URI(mediaUrl);
    } catch (URISyntaxException e) {
      return false;
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      return false;
    }
    if (allowLoopback && Loopback.isPlainHttp(url)) {
      return true;
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return "https".equalsIgnoreCase(url.getScheme())
        && suffixes.stream().anyMatch(s -> matches(host, s));
  }

  private static boolean matches(String host, String suffix) {
    return suffix.startsWith(".") ? host.endsWith(suffix) : host.equals(suffix);
  }
}
