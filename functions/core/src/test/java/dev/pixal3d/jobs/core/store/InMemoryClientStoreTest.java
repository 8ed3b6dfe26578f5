package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.testing.InMemoryClientStore;

class InMemoryClientStoreTest extends ClientStoreContract {
  private final ClientStore store = new InMemoryClientStore();

  @Override
  ClientStore store() {
    return store;
  }
}
