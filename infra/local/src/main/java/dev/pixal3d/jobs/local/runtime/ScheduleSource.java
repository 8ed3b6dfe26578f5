package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.embedded.ScheduleResource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends a schedule's message to its queue, as EventBridge Scheduler does; at once, then in turn.
 */
public final class ScheduleSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScheduleSource.class);

  private final ScheduledExecutorService timer;

  private ScheduleSource(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Sends the first message and goes on.
   *
   * @param rate the time between two messages; the template's may be too slow for one who watches
   */
  public static ScheduleSource start(
      ScheduleResource schedule, Duration rate, String queueUrl, SqsClient sqs) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(schedule.logicalId()).factory());
    var _ =
        timer.scheduleAtFixedRate(
            () -> send(schedule, queueUrl, sqs), 0, rate.toMillis(), TimeUnit.MILLISECONDS);
    return new ScheduleSource(timer);
  }

  private static void send(ScheduleResource schedule, String queueUrl, SqsClient sqs) {
    try {
      sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(schedule.input()));
    } catch (SdkException e) {
      log.warn("{} could not send its message: {}", schedule.logicalId(), e.getMessage());
    }
  }

  /** Sends nothing more; a message that is being sent is waited for. */
  @Override
  public void close() {
    timer.close();
  }
}
