package dev.pixal3d.simulator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands in its file.
 *
 * @param request the JSON object as it was received
 * @param charged whether it is to be paid for: true from acceptance on, except for ERROR ("System
 *     error — not charged")
 * @param output the name of its GLB file, once COMPLETED
 * @param callbacksSent how many POSTs were made to its webhook, whatever came of them
 * @param callbackOwed whether its terminal callback is still to be made or given up
 */
record Job(
    String requestId,
    JobStatus status,
    boolean charged,
    JsonNode request,
    @Nullable Webhook webhook,
    @Nullable String error,
    @Nullable String output,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant completedAt,
    int callbacksSent,
    boolean callbackOwed) {

  static Job accepted(String requestId, JsonNode request, @Nullable Webhook webhook, Instant now) {
    return new Job(
        requestId,
        JobStatus.QUEUED,
        true,
        request,
        webhook,
        null,
        null,
        now,
        now,
        null,
        0,
        webhook != null);
  }

  /** Whether anything is still to happen to it. */
  @JsonIgnore
  boolean isUnsettled() {
    return !status.isTerminal() || callbackOwed;
  }

  boolean reportsProgress() {
    return webhook != null && webhook.mode() == Webhook.Mode.SYNC;
  }

  Job processing(Instant now) {
    return new Job(
        requestId,
        JobStatus.PROCESSING,
        charged,
        request,
        webhook,
        null,
        null,
        createdAt,
        now,
        null,
        callbacksSent,
        callbackOwed);
  }

  Job ended(Ending ending, Instant now) {
    return new Job(
        requestId,
        ending.status(),
        ending.status() != JobStatus.ERROR,
        request,
        webhook,
        ending.error(),
        ending.output(),
        createdAt,
        now,
        now,
        callbacksSent,
        callbackOwed);
  }

  Job withCallbackSent() {
    return withCallbacks(callbacksSent + 1, callbackOwed);
  }

  Job withCallbackSettled() {
    return withCallbacks(callbacksSent, false);
  }

  private Job withCallbacks(int sent, boolean owed) {
    return new Job(
        requestId,
        status,
        charged,
        request,
        webhook,
        error,
        output,
        createdAt,
        updatedAt,
        completedAt,
        sent,
        owed);
  }

  /**
   * How a job ends.
   *
   * @param status a terminal one
   */
  record Ending(JobStatus status, @Nullable String error, @Nullable String output) {
    static Ending completed(String output) {
      return new Ending(JobStatus.COMPLETED, null, output);
    }

    static Ending failed(String error) {
      return new Ending(JobStatus.FAILED, error, null);
    }

    static Ending error(String error) {
      return new Ending(JobStatus.ERROR, error, null);
    }
  }
}
