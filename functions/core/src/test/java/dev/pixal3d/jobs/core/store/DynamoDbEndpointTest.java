package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.endpoint.EndpointKeeperContract;
import dev.pixal3d.jobs.core.endpoint.EndpointStore;

class DynamoDbEndpointTest extends EndpointKeeperContract {
  @Override
  protected EndpointStore store() {
    return new DynamoDbEndpointStore(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());
  }
}
