package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.queue.QueueException;
import java.util.ArrayList;
import java.util.List;

/** Queues that keep what was sent until it is taken, whatever its delay. */
public final class InMemoryQueues implements JobQueues {
  private final List<JobMessage> sent = new ArrayList<>();
  private boolean broken;

  @Override
  public synchronized void send(List<? extends JobMessage> messages) {
    if (broken) {
      throw new QueueException("The queue does not answer.", null);
    }
    sent.addAll(messages);
  }

  /** Takes all that was sent. */
  public synchronized List<JobMessage> takeAll() {
    var all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /** From here nothing can be sent. */
  public synchronized void breakDown() {
    broken = true;
  }
}
