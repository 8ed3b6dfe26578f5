package dev.pixal3d.jobs.poller;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.UpstreamParts;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.SweepDueJobs;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Finds what is due, and asks Pixal3D about single jobs. */
final class PollerWork implements Restorable.Primable {
  private final PollJob pollJob;
  private final SweepDueJobs sweepDueJobs;

  PollerWork(Application application) {
    var upstream = new UpstreamParts(application);
    this.pollJob =
        new PollJob(application.jobStore(), application.transitions(), upstream.pixal3d());
    this.sweepDueJobs =
        new SweepDueJobs(
            application.jobStore(),
            application.transitions(),
            application.queues(),
            application.clock(),
            application.config().dueShards(),
            application.metrics());
  }

  void take(JobMessage message, BooleanSupplier timeLeft) {
    switch (message) {
      case JobMessage.Poll(var id, int attempt, var _) -> pollJob.poll(id, attempt);
      case JobMessage.SweepAll() -> sweepDueJobs.sweepAll();
      case JobMessage.SweepShard(int shard) -> sweepDueJobs.sweepShard(shard, timeLeft);
      case JobMessage.Dispatch _, JobMessage.Notify _, JobMessage.Progress _ ->
          throw new IllegalArgumentException("Not for the sweep or poll queue: " + message);
    }
  }

  @Override
  public Setting queue() {
    return Setting.SWEEP_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    Job job = rehearsal.jobAtPixal3d();
    rehearse(rehearsal, new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO));
    rehearsal.dueJob();
    rehearse(rehearsal, new JobMessage.SweepAll());
    rehearse(rehearsal, new JobMessage.SweepShard(0));
  }

  private void rehearse(Rehearsal rehearsal, JobMessage message) {
    rehearsal.message(it -> take(it, () -> true), message);
  }
}
