package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.config.Setting;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Takes the ways to AWS once, so that the next one finds them warm, and leaves no trace: a client
 * that nobody is gets looked up, and a batch of no messages sent, which SQS refuses.
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
