package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Clients and the hashes of their API keys in the DynamoDB table. */
public final class DynamoDbClientStore implements ClientStore {
  private static final int SCHEMA = 1;

  private final Table table;

  public DynamoDbClientStore(DynamoDbClient dynamoDb, String tableName) {
    this.table = new Table(dynamoDb, tableName);
  }

  @Override
  public Optional<Client> findByKey(String apiKey) {
    return table
        .get(keyItemKey(apiKey), false)
        .flatMap(item -> Optional.ofNullable(item.get("name")))
        .flatMap(name -> findByName(name.s()));
  }

  @Override
  public Optional<Client> findByName(String name) {
    return table.get(clientItemKey(name), false).map(DynamoDbClientStore::client);
  }

  @Override
  public void put(Client client) {
    var item = new HashMap<String, AttributeValue>();
    item.put(Table.KEY, text(clientItemKey(client.name())));
    item.put(Table.SCHEMA, number(SCHEMA));
    item.put("name", text(client.name()));
    item.put("enabled", AttributeValue.fromBool(client.enabled()));
    item.put(
        "webhook_secrets",
        AttributeValue.fromL(client.webhookSecrets().stream().map(Table::text).toList()));
    putItem(item, "client " + client.name());
  }

  @Override
  public void putKey(String apiKey, String clientName) {
    putItem(
        Map.of(
            Table.KEY,
            text(keyItemKey(apiKey)),
            Table.SCHEMA,
            number(SCHEMA),
            "name",
            text(clientName)),
        "a key of client " + clientName);
  }

  private void putItem(Map<String, AttributeValue> item, String what) {
    try {
      table.client().putItem(put -> put.tableName(table.name()).item(item));
    } catch (SdkException e) {
      throw new StoreException("Saving " + what + " failed: " + e.getMessage(), e);
    }
  }

  private static Client client(Map<String, AttributeValue> item) {
    AttributeValue secrets = item.getOrDefault("webhook_secrets", AttributeValue.fromL(List.of()));
    return new Client(
        item.getOrDefault("name", text("")).s(),
        item.getOrDefault("enabled", AttributeValue.fromBool(false)).bool(),
        secrets.l().stream().map(AttributeValue::s).toList());
  }

  private static String keyItemKey(String apiKey) {
    return "key#" + Sha256.hex(apiKey);
  }

  private static String clientItemKey(String name) {
    return "client#" + name;
  }
}
