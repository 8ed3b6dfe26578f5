package dev.pixal3d.jobs.core.job;

/** What has to happen next to a job. Every job that waits for something has a {@code dueAt}. */
public enum WaitsFor {
  /** For its turn to be handed to Pixal3D. Nothing has been sent, or Pixal3D did not take it. */
  DISPATCH,
  /**
   * For the answer to the paid POST. The job is claimed: the POST may be under way, or its outcome
   * may never be known. No second POST is made from here.
   */
  ANSWER,
  /** For word from Pixal3D, which has accepted the job. */
  REPORT,
  /** For its turn to be told to its client: the job has ended. */
  DELIVERY,
  /** For the client's server to answer. Should the attempt be cut off, it is made again. */
  RECEIPT,
  /** For nothing: the job has ended, and its client knows or does not want to be told. */
  NOTHING
}
