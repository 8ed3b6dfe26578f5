package dev.pixal3d.jobs.core.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or the date of RFC 9110, 5.6.7. */
public final class RetryAfter {
  /** The longest wait that is believed; a longer one is cut down to it. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  private RetryAfter() {}

  /**
   * How long the header asks to wait, more than zero and at most {@link #LONGEST}.
   *
   * @return null if it asks for no wait: it is absent, zero, past, or in no form that the RFC has
   *     (the two obsolete forms of a date count as none)
   */
  public static @Nullable Duration read(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    Duration wait = SECONDS.matcher(value).matches() ? seconds(value) : until(value, now);
    if (wait.compareTo(Duration.ZERO) <= 0) {
      return null;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
  }

  private static Duration until(String date, Instant now) {
    try {
      return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      // RFC 9110 lets a recipient pass over a field that it cannot read.
      return Duration.ZERO;
    }
  }
}
