package dev.pixal3d.jobs.core.job;

import java.util.Optional;

/**
 * Names one job of ours: {@code pixal3d_} and a UUIDv7 (RFC 9562, 5.7) in lower case.
 *
 * <p>Only a string of this form ever becomes a key that is looked up, so no id that a stranger
 * sends can name anything but a job.
 *
 * @param value the id as clients see it
 */
public record RequestId(String value) {
  /** H: a hexadecimal digit; V: one of those that the variant of RFC 9562 begins with. */
  private static final String FORM = "pixal3d_HHHHHHHH-HHHH-7HHH-VHHH-HHHHHHHHHHHH";

  /**
   * @throws IllegalArgumentException if the value has not the form of an id
   */
  public RequestId {
    if (!hasForm(value)) {
      throw new IllegalArgumentException(
          "Not a request_id (pixal3d_ and a UUIDv7 in lower case): " + value);
    }
  }

  /** The id that a stranger's string names, or nothing if it has not the form of one. */
  public static Optional<RequestId> parse(String value) {
    return hasForm(value) ? Optional.of(new RequestId(value)) : Optional.empty();
  }

  private static boolean hasForm(String value) {
    if (value.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char character = value.charAt(i);
      boolean fits =
          switch (FORM.charAt(i)) {
            case 'H' -> "0123456789abcdef".indexOf(character) >= 0;
            case 'V' -> "89ab".indexOf(character) >= 0;
            default -> character == FORM.charAt(i);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
