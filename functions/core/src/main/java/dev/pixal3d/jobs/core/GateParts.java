package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;

/** The gate, for those who knock at Pixal3D's door or tell clients that it is shut. */
public record GateParts(Application application) {

  public GateKeeper gateKeeper() {
    return new GateKeeper(
        new DynamoDbGateStore(application.dynamoDb(), application.tableName()),
        application.config().dispatchBackoff(),
        application.clock(),
        application.metrics());
  }
}
