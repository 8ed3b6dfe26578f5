package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.store.JobStore.DuePage;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up every job that is due. Its cost follows the jobs that are due, not those that exist: a
 * shard in which nothing is due costs one query and no message.
 */
public final class SweepDueJobs {
  private static final Logger log = LoggerFactory.getLogger(SweepDueJobs.class);
  private static final int PAGE = 100;

  private final JobStore store;
  private final Transitions transitions;
  private final JobQueues queues;
  private final InstantSource clock;
  private final int dueShards;
  private final Metrics metrics;

  public SweepDueJobs(
      JobStore store,
      Transitions transitions,
      JobQueues queues,
      InstantSource clock,
      int dueShards,
      Metrics metrics) {
    this.store = store;
    this.transitions = transitions;
    this.queues = queues;
    this.clock = clock;
    this.dueShards = dueShards;
    this.metrics = metrics;
  }

  /** Has each shard swept in which something is due. */
  public void sweepAll() {
    Instant now = clock.instant();
    var shards = new ArrayList<JobMessage.SweepShard>();
    Instant mostOverdue = now;
    for (int shard = 0; shard < dueShards; shard++) {
      for (DueJob first : store.findDue(shard, now, null, 1).jobs()) {
        shards.add(new JobMessage.SweepShard(shard));
        mostOverdue = first.dueAt().isBefore(mostOverdue) ? first.dueAt() : mostOverdue;
      }
    }
    metrics.time(Metric.SWEEP_LAG, Duration.between(mostOverdue, now));
    queues.send(shards);
  }

  /**
   * Takes up what is due in one shard. What does not fit in the time goes on by message.
   *
   * @param timeLeft whether there is time for another page
   */
  public void sweepShard(int shard, BooleanSupplier timeLeft) {
    Instant now = clock.instant();
    DueJob last = null;
    do {
      if (!timeLeft.getAsBoolean()) {
        queues.send(List.of(new JobMessage.SweepShard(shard)));
        return;
      }
      DuePage page = store.findDue(shard, now, last, PAGE);
      var messages = new ArrayList<JobMessage>();
      for (DueJob due : page.jobs()) {
        messages.addAll(take(due));
      }
      transitions.send(messages);
      last = page.last();
    } while (last != null);
  }

  /** One job that cannot be taken does not keep the others from it. */
  private List<JobMessage> take(DueJob due) {
    LogContext.job(due.id());
    try {
      return store.load(due.id()).map(this::take).orElse(List.of());
    } catch (RuntimeException e) {
      log.error("Could not take up {}; the next sweep tries again", due.id(), e);
      return List.of();
    } finally {
      LogContext.clear();
    }
  }

  /** What the index named may have moved on, or been taken by another sweep. */
  private List<JobMessage> take(Job job) {
    Optional<Decision> taken =
        transitions
            .save(job, new Event.Due())
            .filter(decision -> decision.job().version() > job.version());
    taken.ifPresent(_ -> metrics.count(Metric.SWEPT_JOBS));
    return taken.map(Transitions::messages).orElse(List.of());
  }
}
