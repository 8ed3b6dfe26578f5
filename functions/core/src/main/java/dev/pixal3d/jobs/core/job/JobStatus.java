package dev.pixal3d.jobs.core.job;

/**
 * Where a job stands, in the words of Pixal3D's page ("Status Values"). It only moves forward, and
 * the first terminal one stands for ever.
 */
public enum JobStatus {
  /** Accepted, waiting to be processed. */
  QUEUED,
  /** Being processed by the model. */
  PROCESSING,
  /** Done: the output holds the model. */
  COMPLETED,
  /** Failed: the error tells why. May have been charged. */
  FAILED,
  /** System error: not charged. */
  ERROR,
  /** Cancelled before it was handed to Pixal3D: not charged. Only who cancels ever sees it. */
  CANCELLED;

  /** Whether nothing comes after this status. */
  public boolean isTerminal() {
    return this != QUEUED && this != PROCESSING;
  }

  /** Whether a job in this status may go on to {@code next}. */
  public boolean mayBecome(JobStatus next) {
    return !isTerminal() && next.compareTo(this) > 0;
  }
}
