package dev.pixal3d.jobs.local;

import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import java.util.List;

/** The one client of a local stack. */
final class LocalClient {
  private static final String NAME = "local";

  private LocalClient() {}

  /** Lets its key in; what a stack before it kept under its name is replaced. */
  static void register(EmbeddedAws aws, String apiKey, String webhookSecret) {
    ClientStore clients = new DynamoDbClientStore(aws.dynamoDb(), aws.tableName());
    clients.put(new ClientStore.Client(NAME, true, List.of(webhookSecret)));
    clients.putKey(apiKey, NAME);
  }
}
