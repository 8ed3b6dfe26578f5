package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.JobStore;
import java.util.Optional;

/** Tells a client how its job stands. */
public final class ReadStatus {
  private final JobStore store;

  public ReadStatus(JobStore store) {
    this.store = store;
  }

  /** The job, if there is one of that id and it is this client's. */
  public Optional<Job> read(String requestId, String client) {
    return RequestId.parse(requestId)
        .flatMap(store::load)
        .filter(job -> job.client().equals(client));
  }
}
