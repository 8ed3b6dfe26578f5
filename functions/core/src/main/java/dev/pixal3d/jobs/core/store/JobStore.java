package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs. Every write is conditional; a write of one's own that was repeated on the way and so
 * seems to have lost is recognised as one's own.
 */
public interface JobStore {

  /** The job as it is now (a consistent read), if there is one. */
  Optional<Job> load(RequestId id);

  /**
   * Saves a new job.
   *
   * @throws StoreException if it is not certain that it was saved
   */
  void create(Job job);

  /**
   * Saves a new job and the Idempotency-Key that it came with, both or neither.
   *
   * @param now decides whether a record that is still there is still valid
   * @return the record that was there before, if the key is taken; then nothing was saved
   * @throws StoreException if it is not certain that it was saved
   */
  Optional<IdempotencyRecord> createOnce(Job job, IdempotencyRecord record, Instant now);

  /** What was accepted under an Idempotency-Key, if that is still valid. */
  Optional<IdempotencyRecord> findIdempotencyRecord(String client, String key, Instant now);

  /**
   * Saves what became of a job, if its version is still the one that was read.
   *
   * @param before the job as it was read
   * @param after the job as it is to be; its version is set by the store
   */
  Saved save(Job before, Job after);

  /**
   * Ids of jobs that are due, in the order in which they became so. The list may lag: what it names
   * may have moved on.
   *
   * @param shard from 0 to DUE_SHARDS - 1
   * @param until jobs due at that time or before
   * @param after the last one of the page before; null for the first page
   */
  DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit);

  /**
   * A client's jobs, newest first.
   *
   * @param before only jobs made before this one; null for the newest
   * @param limit how many at the most, 1 to 100
   */
  JobPage findByClient(String client, @Nullable RequestId before, int limit);

  /**
   * A page of a client's jobs.
   *
   * @param last where the next page begins; null if this one is the last
   */
  record JobPage(List<Job> jobs, @Nullable RequestId last) {
    public JobPage {
      jobs = List.copyOf(jobs);
    }
  }

  /** What came of a save. */
  sealed interface Saved {
    /**
     * It was saved.
     *
     * @param job as it now stands in the store
     */
    record Won(Job job) implements Saved {}

    /**
     * Someone else was first.
     *
     * @param current the job as it stands in the store
     */
    record Lost(Job current) implements Saved {}

    /** The job is no longer there. */
    record Gone() implements Saved {}
  }

  /** A line of the due index. */
  record DueJob(RequestId id, Instant dueAt) {}

  /**
   * A page of the due index.
   *
   * @param last where the next page begins; null if this one is the last
   */
  record DuePage(List<DueJob> jobs, @Nullable DueJob last) {
    public DuePage {
      jobs = List.copyOf(jobs);
    }
  }
}
