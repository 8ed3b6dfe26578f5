package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another store, until something is overridden. */
class ForwardingJobStore implements JobStore {
  private final JobStore real;

  ForwardingJobStore(JobStore real) {
    this.real = real;
  }

  @Override
  public Optional<Job> load(RequestId id) {
    return real.load(id);
  }

  @Override
  public void create(Job job) {
    real.create(job);
  }

  @Override
  public Optional<IdempotencyRecord> createOnce(Job job, IdempotencyRecord record, Instant now) {
    return real.createOnce(job, record, now);
  }

  @Override
  public Optional<IdempotencyRecord> findIdempotencyRecord(String client, String key, Instant now) {
    return real.findIdempotencyRecord(client, key, now);
  }

  @Override
  public Saved save(Job before, Job after) {
    return real.save(before, after);
  }

  @Override
  public DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit) {
    return real.findDue(shard, until, after, limit);
  }

  @Override
  public JobPage findByClient(String client, @Nullable RequestId before, int limit) {
    return real.findByClient(client, before, limit);
  }
}
