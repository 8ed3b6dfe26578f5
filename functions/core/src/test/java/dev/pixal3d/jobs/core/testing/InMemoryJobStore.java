package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.StoreException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store in memory, held to the same contract as the one in DynamoDB. */
public final class InMemoryJobStore implements JobStore {
  private static final Comparator<DueJob> DUE_ORDER =
      Comparator.comparing(DueJob::dueAt).thenComparing(due -> due.id().value());

  private final int dueShards;
  private final Map<RequestId, Job> jobs = new HashMap<>();
  private final Map<String, IdempotencyRecord> records = new HashMap<>();

  private Runnable onSave = () -> {};

  /** Does something whenever a job was changed, before whoever changed it hears of it. */
  public synchronized void onSave(Runnable work) {
    onSave = work;
  }

  public InMemoryJobStore(int dueShards) {
    this.dueShards = dueShards;
  }

  @Override
  public synchronized Optional<Job> load(RequestId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized void create(Job job) {
    if (jobs.putIfAbsent(job.id(), job) != null) {
      throw new StoreException("There is a job " + job.id() + " already.", null);
    }
  }

  @Override
  public synchronized Optional<IdempotencyRecord> createOnce(
      Job job, IdempotencyRecord record, Instant now) {
    Optional<IdempotencyRecord> there = findIdempotencyRecord(record.client(), record.key(), now);
    if (there.isEmpty()) {
      create(job);
      records.put(keyOf(record.client(), record.key()), record);
    }
    return there;
  }

  @Override
  public synchronized Optional<IdempotencyRecord> findIdempotencyRecord(
      String client, String key, Instant now) {
    return Optional.ofNullable(records.get(keyOf(client, key)))
        .filter(record -> now.isBefore(record.validUntil()));
  }

  @Override
  public synchronized Saved save(Job before, Job after) {
    Job current = jobs.get(before.id());
    if (current == null) {
      return new Saved.Gone();
    }
    if (current.version() != before.version()) {
      return new Saved.Lost(current);
    }
    Job saved = after.ofVersion(before.version() + 1);
    jobs.put(saved.id(), saved);
    onSave.run();
    return new Saved.Won(saved);
  }

  @Override
  public synchronized DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit) {
    List<DueJob> all =
        jobs.values().stream()
            .filter(job -> Math.floorMod(job.id().hashCode(), dueShards) == shard)
            .flatMap(job -> due(job).stream())
            .filter(due -> !due.dueAt().isAfter(until))
            .sorted(DUE_ORDER)
            .filter(due -> after == null || DUE_ORDER.compare(due, after) > 0)
            .toList();
    List<DueJob> page = all.subList(0, Math.min(limit, all.size()));
    return new DuePage(page, page.size() == limit ? page.getLast() : null);
  }

  @Override
  public synchronized JobPage findByClient(String client, @Nullable RequestId before, int limit) {
    List<Job> all =
        jobs.values().stream()
            .filter(job -> job.client().equals(client))
            .sorted(Comparator.comparing((Job job) -> job.id().value()).reversed())
            .filter(job -> before == null || job.id().value().compareTo(before.value()) < 0)
            .toList();
    List<Job> page = all.subList(0, Math.min(limit, all.size()));
    return new JobPage(page, page.size() == limit ? page.getLast().id() : null);
  }

  private static Optional<DueJob> due(Job job) {
    return Optional.ofNullable(job.dueAt()).map(dueAt -> new DueJob(job.id(), dueAt));
  }

  private static String keyOf(String client, String key) {
    return client + "\n" + key;
  }
}
