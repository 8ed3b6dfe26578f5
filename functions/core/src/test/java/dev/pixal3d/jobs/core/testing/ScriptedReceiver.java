package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.webhook.WebhookSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A client's server that answers what it is told to, 204 otherwise. */
public final class ScriptedReceiver implements WebhookSender {
  public final List<Message> received = new ArrayList<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final InstantSource clock;
  private Runnable meanwhile = () -> {};

  public ScriptedReceiver(InstantSource clock) {
    this.clock = clock;
  }

  /** Answers the next attempts with these. */
  public void answers(int... httpStatuses) {
    for (int httpStatus : httpStatuses) {
      answers.add(httpStatus);
    }
  }

  /** Does something while an attempt is being made. */
  public void meanwhile(Runnable work) {
    meanwhile = work;
  }

  @Override
  public Receipt send(Message message) {
    received.add(message);
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
    int status = answers.isEmpty() ? 204 : answers.remove();
    return new Receipt(
        clock.instant(),
        Duration.ofMillis(12),
        status,
        status / 100 == 2 ? null : "answered " + status,
        null,
        "0",
        "v1,");
  }
}
