package dev.pixal3d.jobs.bench.warm;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in memory. What functions write succeeds and is forgotten, so that each request finds what
 * the first one found.
 */
final class ForgetfulJobStore implements JobStore {
  private final Map<RequestId, Job> jobs = new ConcurrentHashMap<>();

  /** Keeps a job for good, as it is. */
  void keep(Job job) {
    jobs.put(job.id(), job);
  }

  @Override
  public Optional<Job> load(RequestId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public void create(Job job) {}

  @Override
  public Optional<IdempotencyRecord> createOnce(Job job, IdempotencyRecord record, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<IdempotencyRecord> findIdempotencyRecord(String client, String key, Instant now) {
    return Optional.empty();
  }

  @Override
  public Saved save(Job before, Job after) {
    return new Saved.Won(after.ofVersion(before.version() + 1));
  }

  @Override
  public DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit) {
    throw new UnsupportedOperationException("No function that is measured sweeps");
  }

  @Override
  public JobPage findByClient(String client, @Nullable RequestId before, int limit) {
    throw new UnsupportedOperationException("No request that is measured lists");
  }
}
