package dev.pixal3d.jobs.poller;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Restorable;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The sweep queue and the poll queue, as Lambda calls it. */
public final class PollerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** A status takes 10 s at the most, a page of the sweep about as long at worst. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(15);

  private final Restorable<PollerWork> work;

  /** As Lambda makes it. */
  public PollerHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public PollerHandler(Map<String, String> environment) {
    this.work = Restorable.of(environment, PollerWork::new);
  }

  /** With an application that stands already. */
  public PollerHandler(Application application) {
    this.work = Restorable.of(new PollerWork(application));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(
        event, context, TIME_FOR_ONE, message -> work.get().take(message, hasTimeLeft(context)));
  }

  private static BooleanSupplier hasTimeLeft(Context context) {
    return () -> SqsBatch.hasTimeLeft(context, TIME_FOR_ONE);
  }
}
