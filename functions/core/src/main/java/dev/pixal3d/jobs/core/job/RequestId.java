package dev.pixal3d.jobs.core.job;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one job of ours: {@code pixal3d_} and a UUIDv7 (RFC 9562, 5.7) in lower case.
 *
 * <p>Only a string of this form ever becomes a key that is looked up, so no id that a stranger
 * sends can name anything but a job.
 *
 * @param value the id as clients see it
 */
public record RequestId(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "pixal3d_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /**
   * @throws IllegalArgumentException if the value has not the form of an id
   */
  public RequestId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Not a request_id (pixal3d_ and a UUIDv7 in lower case): " + value);
    }
  }

  /** The id that a stranger's string names, or nothing if it has not the form of one. */
  public static Optional<RequestId> parse(String value) {
    try {
      return Optional.of(new RequestId(value));
    } catch (IllegalArgumentException e) {
      return Optional
          .empty(); // Asked in advance, the form would be matched twice for each request.
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
