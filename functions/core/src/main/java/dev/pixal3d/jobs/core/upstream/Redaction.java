package dev.pixal3d.jobs.core.upstream;

import java.net.URI;
import java.util.List;

/**
 * What went out with a request and must not come back in a message, for upstream may quote it: our
 * key, and the callback URL, whose last segment is a credential by itself.
 */
final class Redaction {
  /** Nothing went out. */
  static final Redaction NONE = new Redaction(List.of());

  private final List<String> values;

  private Redaction(List<String> values) {
    this.values = values.stream().filter(value -> !value.isEmpty()).toList();
  }

  static Redaction of(String credential) {
    return new Redaction(List.of(credential));
  }

  static Redaction of(String apiKey, URI callbackUrl) {
    String url = callbackUrl.toASCIIString();
    String token = url.substring(url.lastIndexOf('/') + 1);
    return new Redaction(List.of(apiKey, url, token));
  }

  /** The text without them. To be called before a text is cut, or half of one might stay. */
  String hideIn(String text) {
    String safe = text;
    for (String value : values) {
      safe = safe.replace(value, "[hidden]");
    }
    return safe;
  }

  @Override
  public String toString() {
    return "Redaction[" + values.size() + "]";
  }
}
