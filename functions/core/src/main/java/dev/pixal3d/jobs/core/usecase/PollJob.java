package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Pixal3D about a job that it has been silent about. */
public final class PollJob {
  private static final Logger log = LoggerFactory.getLogger(PollJob.class);

  private final JobStore store;
  private final Transitions transitions;
  private final Pixal3d pixal3d;

  public PollJob(JobStore store, Transitions transitions, Pixal3d pixal3d) {
    this.store = store;
    this.transitions = transitions;
    this.pixal3d = pixal3d;
  }

  /**
   * Asks about a job.
   *
   * @param attempt the step that the message was meant for; a stale one does nothing
   */
  public void poll(RequestId id, int attempt) {
    store
        .load(id)
        .filter(job -> job.isAt(WaitsFor.REPORT, attempt))
        .ifPresentOrElse(this::poll, () -> log.debug("Stale poll {} of {}", attempt, id));
  }

  private void poll(Job job) {
    String upstreamId = job.upstreamId();
    if (upstreamId == null) {
      throw new IllegalStateException(job.id() + " waits for a report but has no upstream_id.");
    }
    Event event =
        switch (pixal3d.status(upstreamId)) {
          case StatusOutcome.Answered(var report) -> new Event.Polled(job.attempt(), report);
          case StatusOutcome.NotKnown() ->
              new Event.PollUnanswered(job.attempt(), "Pixal3D does not know the job");
          case StatusOutcome.NoAnswer(var message) ->
              new Event.PollUnanswered(job.attempt(), message);
        };
    transitions.apply(job, event);
  }
}
