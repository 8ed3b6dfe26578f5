package dev.pixal3d.jobs.core.gate;

import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a thousand queued jobs from all knocking at a Pixal3D that does not take any: while it is
 * closed no dispatch POSTs, and at its end one probe finds out.
 *
 * <p>Pure, like the rules of a job: each method gives the gate as it is to be saved, and whoever
 * calls it saves on condition that the version is the one that was read.
 *
 * @param version counts the saves, from 1
 * @param reason why it is closed
 * @param until when a probe may try it
 * @param closures how often it was closed in a row, from 1; doubles the time
 * @param probing whether a probe is under way; then {@code until} is when the probe is given up
 */
public record Gate(long version, Reason reason, Instant until, int closures, boolean probing) {
  /** How long a probe may take before another one may try. */
  static final Duration PROBE_LEASE = Duration.ofSeconds(60);

  private static final Duration LONGEST_CLOSURE = Duration.ofMinutes(15);

  /** Whether this kind of refusal would meet every other job too. */
  public static boolean closesOn(Reason reason) {
    return switch (reason) {
      case INSUFFICIENT_BALANCE, UNAUTHORIZED, THROTTLED -> true;
      case UNAVAILABLE, UNREACHABLE -> false;
    };
  }

  /** Whether nothing may pass at this moment. */
  public boolean isClosed(Instant now) {
    return now.isBefore(until);
  }

  /** This gate with another version. */
  public Gate ofVersion(long otherVersion) {
    return new Gate(otherVersion, reason, until, closures, probing);
  }

  /** The gate with a probe on its way. */
  Gate probed(Instant now) {
    return new Gate(version, reason, now.plus(PROBE_LEASE), closures, true);
  }

  /** The gate whose probe was not sent. */
  Gate unprobed(Instant now) {
    return new Gate(version, reason, now, closures, false);
  }

  /**
   * The gate after Pixal3D refused.
   *
   * @param before the gate as it was, if there was one
   * @param retryAfter how long Pixal3D asks to wait, if it does
   * @param first how long the first closure lasts
   * @return nothing if the gate is closed already and this refusal was under way before: a burst of
   *     refusals counts as one
   */
  static Optional<Gate> closed(
      @Nullable Gate before,
      Reason reason,
      @Nullable Duration retryAfter,
      Duration first,
      boolean byProbe,
      Instant now) {
    if (before != null && before.isClosed(now) && !byProbe) {
      return Optional.empty();
    }
    int closures = before == null ? 1 : before.closures + 1;
    Duration doubled = first.multipliedBy(1L << Math.min(closures - 1, 20));
    Duration backoff = doubled.compareTo(LONGEST_CLOSURE) < 0 ? doubled : LONGEST_CLOSURE;
    Duration closure =
        retryAfter == null || retryAfter.compareTo(backoff) < 0 ? backoff : retryAfter;
    long version = before == null ? 0 : before.version;
    return Optional.of(new Gate(version, reason, now.plus(closure), closures, false));
  }
}
