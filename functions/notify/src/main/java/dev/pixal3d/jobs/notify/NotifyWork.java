package dev.pixal3d.jobs.notify;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.WebhookParts;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DeliverWebhook;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.time.Duration;

/** Tells clients about their jobs. */
final class NotifyWork implements Restorable.Primable {
  private final DeliverWebhook deliverWebhook;

  NotifyWork(Application application) {
    var webhooks = new WebhookParts(application);
    this.deliverWebhook =
        new DeliverWebhook(
            application.jobStore(),
            application.clientStore(),
            application.transitions(),
            webhooks.endpointKeeper(),
            webhooks.sender(),
            application.clock());
  }

  void take(JobMessage message) {
    switch (message) {
      case JobMessage.Notify(var id, int attempt, var _) -> deliverWebhook.tellEnd(id, attempt);
      case JobMessage.Progress(var id, int report) -> deliverWebhook.tellProgress(id, report);
      case JobMessage.Dispatch _,
          JobMessage.Poll _,
          JobMessage.SweepShard _,
          JobMessage.SweepAll _ ->
          throw new IllegalArgumentException("Not for the notify queue: " + message);
    }
  }

  @Override
  public Setting queue() {
    return Setting.NOTIFY_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    Job job = rehearsal.endedJob();
    rehearsal.message(this::take, new JobMessage.Notify(job.id(), job.attempt(), Duration.ZERO));
  }
}
