package dev.pixal3d.jobs.core.gate;

import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
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
 * @param version counts the saves, from the time of closing on: the versions of two gates never
 *     meet, so that what was admitted by one gate says nothing to the next
 * @param reason why it is closed
 * @param closedAt when it was closed first
 * @param until when a probe may try it; far off while an operator keeps it closed
 * @param closures how often it was closed in a row, from 1; doubles the time
 * @param probing whether a probe is under way; then {@code until} is when the probe is given up
 * @param why the operator's words; null if there are none
 */
public record Gate(
    long version,
    Reason reason,
    Instant closedAt,
    Instant until,
    int closures,
    boolean probing,
    @Nullable String why) {
  /** How long a probe may take before another one may try. */
  static final Duration PROBE_LEASE = Duration.ofSeconds(60);

  /** How long a job that an operator holds waits before it looks again. */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(3);

  private static final Duration LONGEST_CLOSURE = Duration.ofMinutes(15);

  /** Until an operator opens it. */
  private static final Instant FAR_OFF = Instant.parse("9999-12-31T00:00:00Z");

  /** Why it is closed. */
  public enum Reason {
    /** Pixal3D says that the wallet is empty. */
    INSUFFICIENT_BALANCE,
    /** Pixal3D does not accept our key. */
    UNAUTHORIZED,
    /** Pixal3D asks for fewer requests. */
    THROTTLED,
    /** An operator closed it. */
    PAUSED,
    /** The table is being brought back from a backup: nobody opens it before that is done. */
    RESTORING;

    /** What a refusal closes it for; nothing if the refusal would not meet every other job too. */
    static Optional<Reason> of(SubmitOutcome.Reason refusal) {
      return switch (refusal) {
        case INSUFFICIENT_BALANCE -> Optional.of(INSUFFICIENT_BALANCE);
        case UNAUTHORIZED -> Optional.of(UNAUTHORIZED);
        case THROTTLED -> Optional.of(THROTTLED);
        case UNAVAILABLE, UNREACHABLE -> Optional.empty();
      };
    }
  }

  /** The gate, closed by an operator until an operator opens it. */
  public static Gate paused(@Nullable String why, Instant now) {
    return byHand(Reason.PAUSED, why, now);
  }

  /** The gate, closed until a restored table is fit to be dispatched from. */
  public static Gate restoring(@Nullable String why, Instant now) {
    return byHand(Reason.RESTORING, why, now);
  }

  private static Gate byHand(Reason reason, @Nullable String why, Instant now) {
    return new Gate(0, reason, now, FAR_OFF, 1, false, why);
  }

  /** Whether it stays closed until an operator opens it: no probe goes through. */
  public boolean isClosedByHand() {
    return reason == Reason.PAUSED || reason == Reason.RESTORING;
  }

  /** Whether nothing may pass at this moment. */
  public boolean isClosed(Instant now) {
    return now.isBefore(until);
  }

  /** The version that follows {@code before}; the first one if there was none. */
  public long versionAfter(@Nullable Gate before) {
    return before == null ? closedAt.toEpochMilli() : before.version + 1;
  }

  /** This gate with another version. */
  public Gate ofVersion(long otherVersion) {
    return new Gate(otherVersion, reason, closedAt, until, closures, probing, why);
  }

  /** The gate with a probe on its way. */
  Gate probed(Instant now) {
    return new Gate(version, reason, closedAt, now.plus(PROBE_LEASE), closures, true, why);
  }

  /** The gate whose probe was not sent. */
  Gate unprobed(Instant now) {
    return new Gate(version, reason, closedAt, now, closures, false, why);
  }

  /** When one that is held now is to ask again. */
  Instant askAgainAt(Duration pause, Instant now) {
    if (isClosedByHand()) {
      return now.plus(LOOK_AGAIN);
    }
    return probing || !isClosed(now) ? now.plus(pause) : until;
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
    return Optional.of(
        new Gate(
            before == null ? 0 : before.version,
            reason,
            before == null ? now : before.closedAt,
            now.plus(closure),
            closures,
            false,
            null));
  }
}
