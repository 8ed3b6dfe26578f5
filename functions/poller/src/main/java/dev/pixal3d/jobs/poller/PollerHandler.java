package dev.pixal3d.jobs.poller;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.SweepDueJobs;
import dev.pixal3d.jobs.lambda.SqsBatch;
import java.time.Duration;
import java.util.Map;

/** The sweep queue: finds what is due. The poll queue: asks Pixal3D about single jobs. */
public final class PollerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** A status takes 10 s at the most, a page of the sweep about as long at worst. */
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(15);

  private final PollJob pollJob;
  private final SweepDueJobs sweepDueJobs;

  /** As Lambda makes it. */
  public PollerHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public PollerHandler(Map<String, String> environment) {
    var application = new Application(environment);
    this.pollJob = application.pollJob();
    this.sweepDueJobs = application.sweepDueJobs();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return SqsBatch.process(event, context, TIME_FOR_ONE, message -> take(message, context));
  }

  private void take(JobMessage message, Context context) {
    switch (message) {
      case JobMessage.Poll(var id, int attempt, var _) -> pollJob.poll(id, attempt);
      case JobMessage.SweepAll() -> sweepDueJobs.sweepAll();
      case JobMessage.SweepShard(int shard) ->
          sweepDueJobs.sweepShard(shard, () -> SqsBatch.hasTimeLeft(context, TIME_FOR_ONE));
      case JobMessage.Dispatch _, JobMessage.Notify _, JobMessage.Progress _ ->
          throw new IllegalArgumentException("Not for the sweep or poll queue: " + message);
    }
  }
}
