package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;

/** Tells a client of a job's end once more, under the same webhook-id. */
public final class ReplayWebhook {
  private final ReadStatus jobs;
  private final Transitions transitions;

  public ReplayWebhook(ReadStatus jobs, Transitions transitions) {
    this.jobs = jobs;
    this.transitions = transitions;
  }

  /** What came of it. */
  public sealed interface Result {
    /** The event is on its way. */
    record OnItsWay(Job job) implements Result {}

    /** The job has not ended. */
    record NotEnded(Job job) implements Result {}

    /** The job was submitted without a webhook. */
    record NoWebhook() implements Result {}

    /** There is no such job of this client. */
    record NotFound() implements Result {}
  }

  public Result replay(String requestId, String client) {
    return jobs.find(requestId, client).map(this::replay).orElseGet(Result.NotFound::new);
  }

  private Result replay(Job job) {
    if (job.order().webhookUrl() == null) {
      return new Result.NoWebhook();
    }
    if (!job.hasEnded()) {
      return new Result.NotEnded(job);
    }
    return transitions
        .apply(job, new Event.ReplayAsked())
        .<Result>map(decision -> new Result.OnItsWay(decision.job()))
        .orElseGet(Result.NotFound::new);
  }
}
