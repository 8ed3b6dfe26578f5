package dev.pixal3d.jobs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of messages, one after the other. One that fails, or for which no time is left, goes back
 * to its queue; the others are done with.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">
 *     Partial batch responses</a>
 */
public final class SqsBatch {
  private static final Logger log = LoggerFactory.getLogger(SqsBatch.class);

  private SqsBatch() {}

  /**
   * Works off a batch.
   *
   * @param timeForOne how long one message may take; with less time left none is begun
   */
  public static SQSBatchResponse process(
      SQSEvent event, Context context, Duration timeForOne, Consumer<JobMessage> work) {
    return Telemetry.invocation(context, () -> processed(event, context, timeForOne, work));
  }

  private static SQSBatchResponse processed(
      SQSEvent event, Context context, Duration timeForOne, Consumer<JobMessage> work) {
    var failures = new ArrayList<BatchItemFailure>();
    for (SQSMessage message : event.getRecords()) {
      if (!hasTimeLeft(context, timeForOne) || !isDone(message, work)) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  /** Whether the function may go on for this long before Lambda ends it. */
  public static boolean hasTimeLeft(Context context, Duration needed) {
    return context.getRemainingTimeInMillis() > needed.toMillis();
  }

  private static boolean isDone(SQSMessage message, Consumer<JobMessage> work) {
    try {
      work.accept(JobMessageJson.read(message.getBody()));
      return true;
    } catch (RuntimeException e) {
      log.error("Message {} goes back to its queue", message.getMessageId(), e);
      Telemetry.metrics().count(Metric.WORK_FAILED);
      return false;
    } finally {
      LogContext.clear();
    }
  }
}
