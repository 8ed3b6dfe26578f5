package dev.pixal3d.jobs.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;

/** The dispatch queue: hands jobs to Pixal3D. */
public final class DispatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** A POST takes 25 s at the most; the rest is for what comes before and after it. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(40);

  private final DispatchJob dispatchJob;

  /** As Lambda makes it. */
  public DispatchHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public DispatchHandler(Map<String, String> environment) {
    this.dispatchJob = new Application(environment).dispatchJob();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(event, context, TIME_FOR_ONE, this::take);
  }

  private void take(JobMessage message) {
    if (!(message instanceof JobMessage.Dispatch(var id, int attempt, var _))) {
      throw new IllegalArgumentException("Not for the dispatch queue: " + message);
    }
    dispatchJob.dispatch(id, attempt);
  }
}
