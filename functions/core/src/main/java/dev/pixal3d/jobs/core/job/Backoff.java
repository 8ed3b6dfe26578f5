package dev.pixal3d.jobs.core.job;

import java.time.Duration;

/**
 * Growing delays, spread so that jobs that failed together do not knock together. The spread is
 * drawn from the job's id and step instead of at random, so that the same history always gives the
 * same decision.
 *
 * @see <a href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/">
 *     Timeouts, retries and backoff with jitter</a>
 */
final class Backoff {
  private Backoff() {}

  /** {@code first} doubled {@code tries} times, at most {@code max}. */
  static Duration exponential(Duration first, int tries, Duration max) {
    long factor = 1L << Math.min(tries, 30);
    return first.compareTo(max.dividedBy(factor)) >= 0 ? max : first.multipliedBy(factor);
  }

  /** A part of {@code whole} between {@code least} (0 to 1) of it and all of it. */
  static Duration jittered(Duration whole, double least, RequestId id, int attempt) {
    double part = least + (1 - least) * draw(id, attempt);
    return Duration.ofMillis((long) (whole.toMillis() * part));
  }

  /** A number from 0 to 1 that the id and the step decide: the SplitMix64 finaliser over both. */
  private static double draw(RequestId id, int attempt) {
    long z = id.value().hashCode() * 0x9E3779B97F4A7C15L + attempt * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
