package dev.pixal3d.jobs.core.queue;

import java.util.List;

/** Where messages are sent to; each kind has its queue. */
public interface JobQueues {

  /**
   * Sends messages, each at least once.
   *
   * @throws QueueException if some may not have been sent
   */
  void send(List<? extends JobMessage> messages);
}
