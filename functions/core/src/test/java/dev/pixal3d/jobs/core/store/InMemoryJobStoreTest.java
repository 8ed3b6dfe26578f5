package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.testing.InMemoryJobStore;

class InMemoryJobStoreTest extends JobStoreContract {
  private final JobStore store = new InMemoryJobStore(DUE_SHARDS);

  @Override
  JobStore store() {
    return store;
  }
}
