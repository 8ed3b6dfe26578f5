package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.gate.GateKeeperContract;
import dev.pixal3d.jobs.core.gate.GateStore;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbGateTest extends GateKeeperContract {
  private final GateStore store =
      new DynamoDbGateStore(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());

  @BeforeEach
  void begin_with_an_open_gate() {
    store.load().ifPresent(store::open);
  }

  @Override
  protected GateStore store() {
    return store;
  }
}
