package dev.pixal3d.jobs.core.gate;

import dev.pixal3d.jobs.core.testing.InMemoryGateStore;

class InMemoryGateTest extends GateKeeperContract {
  private final GateStore store = new InMemoryGateStore();

  @Override
  protected GateStore store() {
    return store;
  }
}
