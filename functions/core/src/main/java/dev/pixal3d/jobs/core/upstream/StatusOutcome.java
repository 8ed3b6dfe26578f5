package dev.pixal3d.jobs.core.upstream;

import dev.pixal3d.jobs.core.job.Report;

/** How a question to Pixal3D's status endpoint ended. */
public sealed interface StatusOutcome {

  /** Pixal3D answered, about the very id that was asked for. */
  record Answered(Report report) implements StatusOutcome {}

  /** Pixal3D answered that it knows no such id (404). */
  record NotKnown() implements StatusOutcome {}

  /**
   * No usable answer.
   *
   * @param message what happened, for the timeline and the log
   */
  record NoAnswer(String message) implements StatusOutcome {}
}
