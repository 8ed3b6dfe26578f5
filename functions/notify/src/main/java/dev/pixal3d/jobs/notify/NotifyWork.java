package dev.pixal3d.jobs.notify;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.Priming;
import dev.pixal3d.jobs.core.WebhookParts;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DeliverWebhook;
import dev.pixal3d.jobs.lambda.Restorable;

/** Tells clients about their jobs. */
final class NotifyWork implements Restorable.Primable {
  private final Application application;
  private final WebhookParts webhooks;
  private final DeliverWebhook deliverWebhook;

  NotifyWork(Application application) {
    this.application = application;
    this.webhooks = new WebhookParts(application);
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
  public void prime() {
    Priming.readingAndSaving(application);
    Priming.queue(application, Setting.NOTIFY_QUEUE_URL);
    webhooks.prime();
  }
}
