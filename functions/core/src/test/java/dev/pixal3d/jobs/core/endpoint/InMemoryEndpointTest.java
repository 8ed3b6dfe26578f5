package dev.pixal3d.jobs.core.endpoint;

import dev.pixal3d.jobs.core.testing.InMemoryEndpointStore;

class InMemoryEndpointTest extends EndpointKeeperContract {
  private final EndpointStore store = new InMemoryEndpointStore();

  @Override
  protected EndpointStore store() {
    return store;
  }
}
