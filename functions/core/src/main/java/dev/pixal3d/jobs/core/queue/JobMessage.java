package dev.pixal3d.jobs.core.queue;

import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Duration;

/**
 * What goes through the queues. A message only says that something may be done now; what is done
 * the job's record decides, so a message that is lost, doubled or late does no harm.
 */
public sealed interface JobMessage {

  /** How long the queue holds it back: 0 to 15 minutes. */
  Duration delay();

  /**
   * Hand this job to Pixal3D.
   *
   * @param attempt the step of the job that it is meant for
   */
  record Dispatch(RequestId id, int attempt, Duration delay) implements JobMessage {}

  /**
   * Ask Pixal3D about this job.
   *
   * @param attempt the step of the job that it is meant for
   */
  record Poll(RequestId id, int attempt, Duration delay) implements JobMessage {}

  /**
   * Tell this job's client of its end.
   *
   * @param attempt the step of the job that it is meant for
   */
  record Notify(RequestId id, int attempt, Duration delay) implements JobMessage {}

  /**
   * Tell this job's client of a report before its end.
   *
   * @param report counts the job's reports, from 1
   */
  record Progress(RequestId id, int report) implements JobMessage {
    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }

  /** Take up what is due in this shard of the due index. */
  record SweepShard(int shard) implements JobMessage {
    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }

  /** Take up all that is due; sent by the schedule. */
  record SweepAll() implements JobMessage {
    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }
}
