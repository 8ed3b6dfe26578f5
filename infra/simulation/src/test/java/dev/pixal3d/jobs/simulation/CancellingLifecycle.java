package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WaitsFor;
import java.time.Instant;

/** Rules by which a claimed job is cancelled as if it were not claimed. */
final class CancellingLifecycle extends BentLifecycle {
  private final Lifecycle real;

  CancellingLifecycle(Lifecycle real) {
    super(real, (_, _, _, decision) -> decision);
    this.real = real;
  }

  @Override
  public Decision decide(Job job, Event event, Instant now) {
    return event instanceof Event.Cancelled && job.waitsFor() == WaitsFor.ANSWER
        ? real.decide(Records.with(job, "waitsFor", WaitsFor.DISPATCH), event, now)
        : real.decide(job, event, now);
  }
}
