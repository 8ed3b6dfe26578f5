package dev.pixal3d.jobs.core.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job being changed: the parts of it that can change, and the time at which they do. */
final class Draft {
  private final Job before;
  private final Instant now;

  Job.Order order;
  JobStatus status;
  WaitsFor waitsFor;
  @Nullable Instant dueAt;
  Instant deadlineAt;
  int attempt;
  int tries;
  int leases;
  @Nullable Instant claimedAt;
  boolean resubmitted;
  @Nullable String upstreamId;
  @Nullable String error;
  @Nullable Output output;
  Instant updatedAt;
  @Nullable Instant completedAt;
  @Nullable Instant expiresAt;
  @Nullable Instant readThroughAt;
  Delivery delivery;
  private Timeline timeline;

  Draft(Job before, Instant now) {
    this.before = before;
    this.now = now;
    order = before.order();
    status = before.status();
    waitsFor = before.waitsFor();
    dueAt = before.dueAt();
    deadlineAt = before.deadlineAt();
    attempt = before.attempt();
    tries = before.tries();
    leases = before.leases();
    claimedAt = before.claimedAt();
    resubmitted = before.resubmitted();
    upstreamId = before.upstreamId();
    error = before.error();
    output = before.output();
    updatedAt = before.updatedAt();
    completedAt = before.completedAt();
    expiresAt = before.expiresAt();
    readThroughAt = before.readThroughAt();
    delivery = before.delivery();
    timeline = before.timeline();
  }

  RequestId id() {
    return before.id();
  }

  WebhookMode mode() {
    return order.webhookMode();
  }

  /** Whether the client wants to be told anything at all. */
  boolean hasWebhook() {
    return order.webhookUrl() != null;
  }

  Instant createdAt() {
    return before.createdAt();
  }

  Duration untilDeadline() {
    return Duration.between(now, deadlineAt);
  }

  /** Goes on to a new step: messages about the one before are stale from here. */
  void step(WaitsFor next, Duration untilDue) {
    waitsFor = next;
    attempt++;
    leases = 0;
    claimedAt = null;
    dueAt = now.plus(untilDue);
  }

  /** Clocks of two machines differ; what clients see of time does not run back all the same. */
  void touch() {
    updatedAt = now.isAfter(updatedAt) ? now : updatedAt;
  }

  void note(String what) {
    note(what, "");
  }

  void note(String what, String detail) {
    timeline = timeline.and(now, what, detail);
  }

  /** Keeps what happened, without what was particular about it. */
  void forgetDetails() {
    timeline = timeline.withoutDetails();
  }

  Job toJob() {
    return new Job(
        before.id(),
        before.client(),
        before.version(),
        order,
        status,
        waitsFor,
        dueAt,
        deadlineAt,
        attempt,
        tries,
        leases,
        claimedAt,
        resubmitted,
        upstreamId,
        error,
        output,
        before.createdAt(),
        updatedAt,
        completedAt,
        expiresAt,
        readThroughAt,
        delivery,
        timeline);
  }
}
