package dev.pixal3d.jobs.ops;

import java.util.Locale;

/** The queues, and where what they cannot get rid of ends up. */
enum Queue {
  DISPATCH("DispatchQueue", "DispatchDeadLetters"),
  POLL("PollQueue", "PollDeadLetters"),
  NOTIFY("NotifyQueue", "NotifyDeadLetters"),
  SWEEP("SweepQueue", "SweepDeadLetters");

  private final String logicalId;
  private final String deadLetters;

  Queue(String logicalId, String deadLetters) {
    this.logicalId = logicalId;
    this.deadLetters = deadLetters;
  }

  /** As operators see and type it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String url(Target target) {
    return target.queueUrl(logicalId);
  }

  String deadLettersUrl(Target target) {
    return target.queueUrl(deadLetters);
  }

  String logicalId() {
    return logicalId;
  }

  String deadLetters() {
    return deadLetters;
  }
}
