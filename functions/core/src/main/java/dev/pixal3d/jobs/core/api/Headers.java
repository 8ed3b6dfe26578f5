package dev.pixal3d.jobs.core.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request's headers. Names count without regard to case (RFC 9110, 5.1), and a header that was
 * sent more than once has its values joined with a comma (RFC 9110, 5.3).
 */
public final class Headers {
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Headers(Map<String, String> headers) {
    headers.forEach((name, value) -> values.merge(name, value, (one, other) -> one + "," + other));
  }

  /** The headers with these names and values. */
  public static Headers of(Map<String, String> headers) {
    return new Headers(headers);
  }

  /** The value of a header, if it was sent. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Names only: values hold keys and callback addresses. */
  @Override
  public String toString() {
    return "Headers" + values.keySet();
  }
}
