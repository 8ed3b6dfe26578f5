package dev.pixal3d.jobs.core.usecase;

import static dev.pixal3d.jobs.core.job.WaitsFor.ANSWER;

import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.job.Timeline;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;

/** What a saved change of a job counts for. */
final class JobMetrics {
  /** The dispatch function's timeout. */
  private static final Duration LONGEST_DISPATCH = Duration.ofSeconds(60);

  private JobMetrics() {}

  static void count(Job before, Event event, Job after, Instant now, Metrics metrics) {
    if (event instanceof Event.OutcomeUnknown || isClaimerGone(before, event, after, now)) {
      metrics.count(Metric.SUBMITS_UNKNOWN);
    }
    if (before.upstreamId() == null && after.upstreamId() != null) {
      metrics.count(Metric.JOBS_DISPATCHED);
      metrics.time(
          Metric.TIME_TO_DISPATCH, Duration.between(after.createdAt(), acceptedUpstream(after)));
    }
    if (!before.hasEnded() && after.hasEnded()) {
      countEnd(event, after, metrics);
    }
    if (event instanceof Event.DeliveryAttempted attempted) {
      countAttempt(before, attempted, metrics);
    }
    if (isGivenUp(after) && !isGivenUp(before)) {
      metrics.count(Metric.WEBHOOKS_GIVEN_UP);
    }
  }

  /** The sweep may also meet a claim whose POST is still under way. */
  private static boolean isClaimerGone(Job before, Event event, Job after, Instant now) {
    Instant claimedAt = before.claimedAt();
    return event instanceof Event.Due
        && before.waitsFor() == ANSWER
        && after.waitsFor() == ANSWER
        && claimedAt != null
        && !now.isBefore(claimedAt.plus(LONGEST_DISPATCH));
  }

  private static void countEnd(Event event, Job ended, Metrics metrics) {
    switch (ended.status()) {
      case COMPLETED -> metrics.count(Metric.JOBS_COMPLETED);
      case FAILED -> metrics.count(Metric.JOBS_FAILED);
      case ERROR -> metrics.count(Metric.JOBS_ERRORED);
      case CANCELLED -> metrics.count(Metric.JOBS_CANCELLED);
      case QUEUED, PROCESSING -> throw new IllegalArgumentException(ended.id() + " has not ended");
    }
    if (event instanceof Event.CalledBack) {
      metrics.count(Metric.JOBS_ENDED_BY_CALLBACK);
    } else if (event instanceof Event.Polled(int _, Report report)
        && report.status().isTerminal()) {
      metrics.count(Metric.JOBS_ENDED_BY_POLL);
    }
    if (ended.upstreamId() != null) {
      metrics.time(
          Metric.TIME_AT_PIXAL3D, Duration.between(acceptedUpstream(ended), ended.updatedAt()));
    }
  }

  private static void countAttempt(Job before, Event.DeliveryAttempted attempted, Metrics metrics) {
    if (!attempted.result().delivered()) {
      metrics.count(Metric.WEBHOOK_ATTEMPTS_FAILED);
      return;
    }
    metrics.count(Metric.WEBHOOKS_DELIVERED);
    if (before.delivery().attempts().stream().noneMatch(Delivery.Attempt::delivered)) {
      Instant taken = attempted.result().at().plus(attempted.result().duration());
      metrics.time(Metric.TIME_TO_DELIVER, Duration.between(before.updatedAt(), taken));
    }
  }

  private static boolean isGivenUp(Job job) {
    return job.delivery().settled() == Settled.GIVEN_UP;
  }

  /** Of a job that has ended and is told of a late acceptance, its end. */
  private static Instant acceptedUpstream(Job job) {
    return job.timeline().lastTimeOf(Timeline.ACCEPTED_BY_PIXAL3D).orElse(job.updatedAt());
  }
}
