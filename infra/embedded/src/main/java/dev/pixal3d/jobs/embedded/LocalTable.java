package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

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
    started.createIfAbsent();
    return started;
  }

  private void createIfAbsent() {
    try {
      client.createTable(request ->
          request
              .tableName(name())
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(table.attributes().stream().map(LocalTable::attribute).toList())
              .keySchema(key(table.key()))
              .globalSecondaryIndexes(table.indexes().stream().map(LocalTable::index).toList()));
    } catch (ResourceInUseException e) {
      return;
    }
    String timeToLive = table.timeToLiveAttribute();
    if (timeToLive != null) {
      client.updateTimeToLive(request ->
          request
              .tableName(name())
              .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(timeToLive)));
    }
  }

  private static AttributeDefinition attribute(TableResource.Attribute attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.name())
        .attributeType(attribute.type())
        .build();
  }

  private static List<KeySchemaElement> key(List<TableResource.KeyElement> key) {
    return key.stream()
        .map(element ->
            KeySchemaElement.builder()
                .attributeName(element.attribute())
                .keyType(element.type())
                .build())
        .toList();
  }

  private static GlobalSecondaryIndex index(TableResource.Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(key(index.key()))
        .projection(projection -> projection.projectionType(index.projection()))
        .build();
  }

  String logicalId() {
    return table.logicalId();
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
