package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.JobPage;
import dev.pixal3d.jobs.core.store.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client how its jobs stand. */
public final class ReadStatus {
  private static final Logger log = LoggerFactory.getLogger(ReadStatus.class);

  private final JobStore store;
  private final Transitions transitions;

  public ReadStatus(JobStore store, Transitions transitions) {
    this.store = store;
    this.transitions = transitions;
  }

  /** The job, if there is one of that id and it is this client's. */
  public Optional<Job> find(String requestId, String client) {
    return RequestId.parse(requestId)
        .flatMap(store::load)
        .filter(job -> job.client().equals(client));
  }

  /**
   * The job as above; and if Pixal3D has been silent about it for long, it is asked, so that a lost
   * callback costs a client that polls seconds, not minutes.
   */
  public Optional<Job> read(String requestId, String client) {
    Optional<Job> job = find(requestId, client);
    job.ifPresent(this::readThrough);
    return job;
  }

  /** A question that is not asked is no loss: the job is polled when it is due. */
  private void readThrough(Job job) {
    try {
      transitions.apply(job, new Event.ReadThrough());
    } catch (StoreException e) {
      log.warn("{} is not read through: {}", job.id(), e.getMessage(), e);
    }
  }

  /**
   * This client's jobs, newest first.
   *
   * @param status only these, if one is named; then a page may be short, or empty, and not the last
   * @param before only jobs made before this one
   */
  public JobPage list(
      String client, @Nullable JobStatus status, @Nullable RequestId before, int limit) {
    JobPage page = store.findByClient(client, before, limit);
    return new JobPage(
        page.jobs().stream().filter(job -> status == null || job.status() == status).toList(),
        page.last());
  }
}
