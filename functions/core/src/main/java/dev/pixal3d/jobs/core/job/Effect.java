package dev.pixal3d.jobs.core.job;

import java.time.Duration;

/**
 * What is to be done once a decision has been saved. None of them has to succeed for the job to
 * end: the job's {@code dueAt} brings back what was lost.
 */
public sealed interface Effect {

  /** Queue a dispatch message. */
  record SendDispatch(int attempt, Duration delay) implements Effect {}

  /** Queue a poll message. */
  record SendPoll(int attempt, Duration delay) implements Effect {}

  /** Queue a message to tell the client of the end. */
  record SendNotify(int attempt, Duration delay) implements Effect {}

  /**
   * Queue a message to tell the client of a report before the end.
   *
   * @param report counts the reports, from 1
   */
  record SendProgress(int report) implements Effect {}

  /**
   * Send the event to the client, now. Only the one whose save claimed the attempt is told this.
   */
  record PostWebhook() implements Effect {}

  /** Make the paid POST, now and once. Only the one whose save claimed the job is told this. */
  record PostUpstream() implements Effect {}
}
