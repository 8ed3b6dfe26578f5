package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Takes the ways of a first request once, so that the next one finds them warm, and leaves no
 * trace: a client that nobody is gets looked up, a job that is not there gets saved, and a batch of
 * no messages sent; the last two AWS refuses.
 */
public final class Priming {
  private static final Logger log = LoggerFactory.getLogger(Priming.class);
  private static final String NOBODY = "priming";

  private Priming() {}

  /** Looks for what is not in the table. */
  public static void reading(Application application) {
    var _ = application.clientStore().findByKey(NOBODY, application.clock().instant());
    var _ = application.jobStore().load(application.requestIds().get());
  }

  /** Looks for what is not in the table, and fails to change it. */
  public static void readingAndSaving(Application application) {
    reading(application);
    Lifecycle lifecycle = application.lifecycle();
    Instant now = application.clock().instant();
    var order =
        new Job.Order(
            "{\"image_url\":\"https://example.com/priming.png\"}",
            null,
            WebhookMode.TERMINAL,
            URI.create("https://example.com"));
    Job job = lifecycle.accept(application.requestIds().get(), NOBODY, order, now).job();
    Job changed = lifecycle.decide(job, new Event.DispatchBegan(1), now).job();
    var _ = application.jobStore().save(job, changed);
  }

  /**
   * Fails to send to a queue.
   *
   * @param queueUrl the setting that names it
   */
  public static void queue(Application application, Setting queueUrl) {
    String url = application.config().text(queueUrl);
    try {
      application.sqs().sendMessageBatch(send -> send.queueUrl(url).entries(List.of()));
    } catch (SqsException e) {
      log.debug("Refused, as it is to be: {}", e.getMessage(), e);
    }
  }
}
