package dev.pixal3d.jobs.dispatch;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.GateParts;
import dev.pixal3d.jobs.core.UpstreamParts;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.time.Duration;

/** Hands jobs to Pixal3D. */
final class DispatchWork implements Restorable.Primable {
  private final DispatchJob dispatchJob;

  DispatchWork(Application application) {
    var upstream = new UpstreamParts(application);
    this.dispatchJob =
        new DispatchJob(
            application.jobStore(),
            application.transitions(),
            new GateParts(application).gateKeeper(),
            upstream.pixal3d(),
            upstream.callbackTokens(),
            application.clock());
  }

  void take(JobMessage message) {
    if (!(message instanceof JobMessage.Dispatch(var id, int attempt, var _))) {
      throw new IllegalArgumentException("Not for the dispatch queue: " + message);
    }
    dispatchJob.dispatch(id, attempt);
  }

  @Override
  public Setting queue() {
    return Setting.DISPATCH_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    Job job = rehearsal.newJob();
    rehearsal.message(this::take, new JobMessage.Dispatch(job.id(), job.attempt(), Duration.ZERO));
  }
}
