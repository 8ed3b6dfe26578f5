package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.LifecycleSettings;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Jobs, reports and settings for tests. */
public final class Jobs {
  /** The defaults of the configuration. */
  public static final LifecycleSettings SETTINGS =
      new LifecycleSettings(
          Duration.ofSeconds(180),
          Duration.ofSeconds(600),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(7200),
          false,
          Duration.ofSeconds(7200),
          Duration.ofDays(30),
          Duration.ZERO);

  public static final Instant START = Instant.parse("2026-05-22T13:17:32.110Z");
  public static final String UPSTREAM_ID = "pixal3d_019d0000-0000-7000-8000-0000000000aa";
  public static final Output OUTPUT =
      new Output(List.of("https://pub-1.r2.dev/v1/output.glb"), "model/glb");

  private Jobs() {}

  /** The nth of many ids. */
  public static RequestId id(int n) {
    return new RequestId("pixal3d_019e0000-0000-7000-8000-%012x".formatted(n));
  }

  /** Where the client wants to be told. */
  public static final URI WEBHOOK_URL = URI.create("https://client.example.com/hook?secret=1");

  /** An order of a client that wants to be told. */
  public static Job.Order orderWithWebhook(WebhookMode mode) {
    Job.Order order = order(mode);
    return new Job.Order(order.requestJson(), WEBHOOK_URL, mode, order.publicUrl());
  }

  public static Job.Order order(WebhookMode mode) {
    return new Job.Order(
        "{\"image_url\":\"https://example.com/dog.png\"}",
        null,
        mode,
        URI.create("https://api.example.com"));
  }

  /** A job that was just accepted. */
  public static Job accepted(RequestId id) {
    return new Lifecycle(SETTINGS).accept(id, "acme", order(WebhookMode.TERMINAL), START).job();
  }

  /** A job that was just accepted from a client that wants to be told. */
  public static Job acceptedWithWebhook(RequestId id, WebhookMode mode) {
    return new Lifecycle(SETTINGS).accept(id, "acme", orderWithWebhook(mode), START).job();
  }

  /** An attempt to tell a client that took 120 ms; one without an error has succeeded. */
  public static Delivery.Attempt attempt(Instant at, Integer httpStatus) {
    String error = httpStatus / 100 == 2 ? null : "answered " + httpStatus;
    return new Delivery.Attempt(at, httpStatus, error, Duration.ofMillis(120));
  }

  /** What becomes of a job when these events happen one after the other at one time. */
  public static Job after(Lifecycle lifecycle, Job job, Instant at, Event... events) {
    Job current = job;
    for (Event event : events) {
      Decision decision = lifecycle.decide(current, event, at);
      current = decision.job();
    }
    return current;
  }

  /** A report of Pixal3D as it would be. */
  public static Report report(JobStatus status) {
    return switch (status) {
      case QUEUED, PROCESSING -> new Report(UPSTREAM_ID, status, null, null, null);
      case COMPLETED -> new Report(UPSTREAM_ID, status, null, OUTPUT, null);
      case CANCELLED -> throw new IllegalArgumentException("Pixal3D never says CANCELLED");
      case FAILED, ERROR -> new Report(UPSTREAM_ID, status, "upstream's words", null, null);
    };
  }
}
