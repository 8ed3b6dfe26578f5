package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Effect;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.queue.QueueException;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.Saved;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an event changes a job: ask {@link Lifecycle}, save on condition that nobody else did, and
 * only then carry out what it says. On a lost race: look again and ask again.
 */
public final class Transitions {
  private static final Logger log = LoggerFactory.getLogger(Transitions.class);

  /** Each lost race means that someone else's change was saved, so this many are a storm. */
  private static final int MAX_RACES = 20;

  private final JobStore store;
  private final JobQueues queues;
  private final Lifecycle lifecycle;
  private final InstantSource clock;
  private final Metrics metrics;

  public Transitions(
      JobStore store, JobQueues queues, Lifecycle lifecycle, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.queues = queues;
    this.lifecycle = lifecycle;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Changes a job and sends the messages that follow. */
  public Optional<Decision> apply(Job job, Event event) {
    Optional<Decision> decision = save(job, event);
    decision.ifPresent(decided -> send(messages(decided)));
    return decision;
  }

  /**
   * Changes a job, and leaves the messages that follow to the caller.
   *
   * @param job as it was read, maybe long ago
   * @return what was decided on the job as it is, saved; nothing if the job is gone
   */
  public Optional<Decision> save(Job job, Event event) {
    LogContext.job(job.id());
    LogContext.client(job.client());
    Job current = job;
    for (int races = 0; races < MAX_RACES; races++) {
      Instant now = clock.instant();
      Decision decision = lifecycle.decide(current, event, now);
      if (decision.job().equals(current)) {
        return Optional.of(decision);
      }
      switch (store.save(current, decision.job())) {
        case Saved.Won(Job saved) -> {
          JobMetrics.count(current, event, saved, now, metrics);
          return Optional.of(new Decision(saved, decision.effects()));
        }
        case Saved.Lost(Job other) -> current = other;
        case Saved.Gone() -> {
          log.warn("{} is gone from the store; dropped: {}", job.id(), event);
          return Optional.empty();
        }
      }
    }
    throw new IllegalStateException(
        "Gave up on " + job.id() + " after losing " + MAX_RACES + " races in a row.");
  }

  /** Sends messages. One that is not sent is no loss: the job comes back when it is due. */
  public void send(List<JobMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    try {
      queues.send(messages);
    } catch (QueueException e) {
      log.warn("Left to the sweep: {}", e.getMessage(), e);
    }
  }

  /** The messages that a decision asks for. */
  public static List<JobMessage> messages(Decision decision) {
    RequestId id = decision.job().id();
    return decision.effects().stream()
        .<JobMessage>mapMulti((effect, messages) -> {
          switch (effect) {
            case Effect.SendDispatch(var attempt, var delay) ->
                messages.accept(new JobMessage.Dispatch(id, attempt, delay));
            case Effect.SendPoll(var attempt, var delay) ->
                messages.accept(new JobMessage.Poll(id, attempt, delay));
            case Effect.SendNotify(var attempt, var delay) ->
                messages.accept(new JobMessage.Notify(id, attempt, delay));
            case Effect.SendProgress(var report) ->
                messages.accept(new JobMessage.Progress(id, report));
            case Effect.PostUpstream(), Effect.PostWebhook() -> {}
          }
        })
        .toList();
  }
}
