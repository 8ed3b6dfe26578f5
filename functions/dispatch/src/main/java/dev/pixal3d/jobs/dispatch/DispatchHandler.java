package dev.pixal3d.jobs.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Restorable;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;

/** The dispatch queue, as Lambda calls it. */
public final class DispatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** A POST takes 25 s at the most; the rest is for what comes before and after it. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(40);

  private final Restorable<DispatchWork> work;

  /** As Lambda makes it. */
  public DispatchHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public DispatchHandler(Map<String, String> environment) {
    this.work = Restorable.of(environment, DispatchWork::new);
  }

  /** With an application that stands already. */
  public DispatchHandler(Application application) {
    this.work = Restorable.of(new DispatchWork(application));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(event, context, TIME_FOR_ONE, message -> work.get().take(message));
  }
}
