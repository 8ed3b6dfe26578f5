package dev.pixal3d.jobs.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Restorable;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;

/** The notify queue, as Lambda calls it. */
public final class NotifyHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** An attempt takes 15 s at the most, and is claimed before and recorded after. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(25);

  private final Restorable<NotifyWork> work;

  /** As Lambda makes it. */
  public NotifyHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public NotifyHandler(Map<String, String> environment) {
    this.work = Restorable.of(environment, NotifyWork::new);
  }

  /** With an application that stands already. */
  public NotifyHandler(Application application) {
    this.work = Restorable.of(new NotifyWork(application));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(event, context, TIME_FOR_ONE, message -> work.get().take(message));
  }
}
