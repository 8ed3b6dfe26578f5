package dev.pixal3d.jobs.dispatch;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.GateParts;
import dev.pixal3d.jobs.core.Priming;
import dev.pixal3d.jobs.core.UpstreamParts;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.lambda.Restorable;

/** Hands jobs to Pixal3D. */
final class DispatchWork implements Restorable.Primable {
  private final Application application;
  private final UpstreamParts upstream;
  private final DispatchJob dispatchJob;

  DispatchWork(Application application) {
    this.application = application;
    this.upstream = new UpstreamParts(application);
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
  public void prime() {
    Priming.readingAndSaving(application);
    Priming.queue(application, Setting.DISPATCH_QUEUE_URL);
    upstream.prime();
  }
}
