package dev.pixal3d.jobs.local;

import java.time.Duration;

/** Shows a person how a job goes. */
sealed interface Progress extends AutoCloseable permits PlainProgress, ProgressBarProgress {

  /**
   * The job has come to a new state.
   *
   * @param status as the API has it
   * @param elapsed since it was submitted
   */
  void reached(String status, Duration elapsed);

  /** Time goes by and nothing else happens. */
  void waiting();

  @Override
  void close();
}
