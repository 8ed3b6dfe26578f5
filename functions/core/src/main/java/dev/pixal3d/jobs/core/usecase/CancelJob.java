package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import java.util.Optional;

/** Ends a job that its client does not want any more, as long as that costs nothing. */
public final class CancelJob {
  private final ReadStatus jobs;
  private final Transitions transitions;

  public CancelJob(ReadStatus jobs, Transitions transitions) {
    this.jobs = jobs;
    this.transitions = transitions;
  }

  /** What came of it. */
  public sealed interface Result {
    /** The job ended CANCELLED, now or before. */
    record Cancelled(Job job) implements Result {}

    /** It is too late. */
    record TooLate(Job job) implements Result {}

    /** There is no such job of this client. */
    record NotFound() implements Result {}
  }

  public Result cancel(String requestId, String client) {
    return jobs.find(requestId, client)
        .flatMap(this::cancelled)
        .<Result>map(job ->
            job.status() == JobStatus.CANCELLED
                ? new Result.Cancelled(job)
                : new Result.TooLate(job))
        .orElseGet(Result.NotFound::new);
  }

  private Optional<Job> cancelled(Job job) {
    return transitions.apply(job, new Event.Cancelled()).map(decision -> decision.job());
  }
}
