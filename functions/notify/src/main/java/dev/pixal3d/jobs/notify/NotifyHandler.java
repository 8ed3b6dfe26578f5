package dev.pixal3d.jobs.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DeliverWebhook;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;

/** The notify queue: tells clients about their jobs. */
public final class NotifyHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** An attempt takes 15 s at the most, and is claimed before and recorded after. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(25);

  private final DeliverWebhook deliverWebhook;

  /** As Lambda makes it. */
  public NotifyHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public NotifyHandler(Map<String, String> environment) {
    this.deliverWebhook = new Application(environment).deliverWebhook();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(event, context, TIME_FOR_ONE, this::take);
  }

  private void take(JobMessage message) {
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
}
