package dev.pixal3d.jobs.simulation.promise;

/** What holds in every run, whatever goes wrong. */
public enum Invariant {
  /** Every accepted job reaches exactly one terminal status, in time. */
  ENDS_IN_TIME,
  /** A terminal status never changes, and status never moves back, in any read. */
  ONLY_FORWARD,
  /** Upstream is charged once at most, twice at most with {@code resubmit}. */
  PAID_ONCE,
  /** ERROR and CANCELLED only where upstream did not charge. */
  FREE_MEANS_FREE,
  /** What upstream completed, and we heard of before the end, is COMPLETED. */
  RESULT_KEPT,
  /** Every owed webhook is delivered or visibly given up. */
  TOLD,
  /** No webhook is repeated after a 2xx was recorded, ids are stable. */
  TOLD_ONCE,
  /** No progress is told of after the end. */
  END_IS_LAST,
  /** One Idempotency-Key, one job. */
  ONE_KEY_ONE_JOB,
  /** Nothing forged changes anything. */
  FORGERY_IS_VAIN,
  /** No client sees another's job. */
  PRIVATE,
  /** At the end nothing is due, and the queues are empty. */
  QUIET,
  /** Upstream is asked no more often than the backoff allows. */
  MODEST,
  /** No handler throws, and no answer is out of place. */
  NO_SURPRISE
}
