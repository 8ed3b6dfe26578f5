package dev.pixal3d.jobs.core.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may happen to a job after it was accepted. */
public sealed interface Event {

  /** A dispatch message came, and the gate is open. */
  record DispatchBegan(int attempt) implements Event {}

  /**
   * A dispatch message came, and the gate is closed.
   *
   * @param until when the gate may be tried again
   * @param reason why it is closed
   */
  record DispatchHeld(int attempt, Instant until, String reason) implements Event {}

  /** The POST was not begun in time after the claim; certainly nothing was sent. */
  record ClaimLapsed(int attempt) implements Event {}

  /** Pixal3D answered the POST with its request_id. */
  record UpstreamAccepted(String upstreamId) implements Event {}

  /** Pixal3D answered that it will never take this request. */
  record UpstreamRefused(int attempt, int httpStatus, String message) implements Event {}

  /**
   * Pixal3D did not take the job, surely did not charge it, and may take it later.
   *
   * @param retryAfter how long it asks to wait, if it does
   */
  record UpstreamBusy(int attempt, String message, @Nullable Duration retryAfter)
      implements Event {}

  /** The POST was sent and nothing tells what became of it. */
  record OutcomeUnknown(int attempt, String message) implements Event {}

  /** Pixal3D reported by itself, and the report is believed. */
  record CalledBack(Report report) implements Event {}

  /** Pixal3D called back with something that is not believed; only its status endpoint decides. */
  record CallbackDoubted(String why) implements Event {}

  /** Pixal3D answered our question. */
  record Polled(int attempt, Report report) implements Event {}

  /** Pixal3D gave no usable answer to our question. */
  record PollUnanswered(int attempt, String message) implements Event {}

  /** A client asks for a job; worth a poll if Pixal3D has been silent about it for long. */
  record ReadThrough() implements Event {}

  /** The client does not want the job any more. */
  record Cancelled() implements Event {}

  /** A notify message came, and the client's endpoint is not switched off. */
  record DeliveryBegan(int attempt) implements Event {}

  /**
   * A notify message came, and no attempt is made for now.
   *
   * @param until when it may be tried again
   * @param reason why not now
   */
  record DeliveryHeld(int attempt, Instant until, String reason) implements Event {}

  /**
   * An attempt to tell the client of the end is over.
   *
   * @param result what came of it
   * @param gone whether the client's server wants no further attempt (410)
   * @param retryAfter how long it asks to wait, if it does
   */
  record DeliveryAttempted(
      int attempt, Delivery.Attempt result, boolean gone, @Nullable Duration retryAfter)
      implements Event {}

  /** The client wants to be told of the end once more. */
  record ReplayAsked() implements Event {}

  /** A message came to tell the client of a report before the end. */
  record ProgressBegan(int report) implements Event {}

  /** An attempt to tell the client of a report before the end is over, however it went. */
  record ProgressAttempted(int report, Delivery.Attempt result) implements Event {}

  /** The sweep found the job due. */
  record Due() implements Event {}

  /**
   * An operator wants what the job waits for to be done now.
   *
   * @param mayPayTwice whether a job whose submit's outcome is unknown is submitted again
   */
  record Requeued(boolean mayPayTwice) implements Event {}

  /**
   * The job was read back from a backup. What happened to it since is not known: if it was not yet
   * handed to Pixal3D then, it may have been meanwhile.
   *
   * @param restoredTo the time that the backup shows
   */
  record Restored(Instant restoredTo) implements Event {}

  /** The client's data is to be forgotten, and with it what the job holds of them. */
  record Forgotten() implements Event {}
}
