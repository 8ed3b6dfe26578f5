package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The template's table in DynamoDB Local. */
final class LocalTable implements AutoCloseable {
  private final TableResource table;
  private final DynamoDbServer server;
  private final DynamoDbClient client;

  private LocalTable(TableResource table, DynamoDbServer server) {
    this.table = table;
    this.server = server;
    this.client = LocalClients.client(DynamoDbClient.builder(), server.endpoint());
  }

  static LocalTable start(TableResource table, @Nullable Path dataDir) {
    LocalTable started = new LocalTable(table, DynamoDbServer.start(dataDir));
    try {
      started.createOrCheck();
      started.enableTimeToLive();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void createOrCheck() {
    CreateTableRequest wanted = table.creation(name());
    try {
      client.createTable(wanted);
    } catch (ResourceInUseException e) {
      TableDescription kept = client.describeTable(request -> request.tableName(name())).table();
      if (!indexes(kept).equals(Set.copyOf(wanted.globalSecondaryIndexes()))
          || !kept.keySchema().equals(wanted.keySchema())) {
        throw new IllegalStateException(
            "The data directory holds a table "
                + name()
                + " with other keys or indexes than the template's. Start with another directory,"
                + " or with the template that the data was written with.",
            e);
      }
    }
  }

  private static Set<GlobalSecondaryIndex> indexes(TableDescription kept) {
    return kept.globalSecondaryIndexes().stream()
        .map(index ->
            GlobalSecondaryIndex.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .build())
        .collect(Collectors.toSet());
  }

  /** Not only with a new table: the process may have died before it came to this. */
  private void enableTimeToLive() {
    String attribute = table.timeToLiveAttribute();
    if (attribute == null) {
      return;
    }
    TimeToLiveDescription kept =
        client.describeTimeToLive(request -> request.tableName(name())).timeToLiveDescription();
    if (kept.timeToLiveStatus() != TimeToLiveStatus.ENABLED) {
      client.updateTimeToLive(request ->
          request
              .tableName(name())
              .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(attribute)));
    }
  }

  String name() {
    return table.logicalId();
  }

  URI endpoint() {
    return server.endpoint();
  }

  DynamoDbClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
