package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Clients and the hashes of their API keys in the DynamoDB table. */
public final class DynamoDbClientStore implements ClientStore {
  static final String KEY_PREFIX = "key#";
  static final String CLIENT_PREFIX = "client#";
  static final String NAME = "name";
  static final String ENABLED = "enabled";
  static final String WEBHOOK_SECRETS = "webhook_secrets";
  static final String DISABLED_AT = "disabled_at";
  static final int SCHEMA = 1;

  private final Table table;

  public DynamoDbClientStore(DynamoDbClient dynamoDb, String tableName) {
    this.table = new Table(dynamoDb, tableName);
  }

  @Override
  public Optional<Client> findByKey(String apiKey, Instant now) {
    return table.get(keyItemKey(apiKey), false).flatMap(item -> ownerOf(item, now));
  }

  private Optional<Client> ownerOf(Map<String, AttributeValue> keyItem, Instant now) {
    Optional<Client> owner =
        Optional.ofNullable(keyItem.get(NAME)).flatMap(name -> findByName(name.s()));
    AttributeValue disabledAt = keyItem.get(DISABLED_AT);
    boolean stopped = disabledAt != null && now.toEpochMilli() >= Long.parseLong(disabledAt.n());
    return isKeyEnabled(keyItem) && !stopped ? owner : owner.map(Client::disabled);
  }

  static boolean isKeyEnabled(Map<String, AttributeValue> keyItem) {
    return keyItem.getOrDefault(ENABLED, AttributeValue.fromBool(true)).bool();
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
    item.put(NAME, text(client.name()));
    item.put(ENABLED, AttributeValue.fromBool(client.enabled()));
    item.put(
        WEBHOOK_SECRETS,
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
            NAME,
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

  static Client client(Map<String, AttributeValue> item) {
    AttributeValue secrets = item.getOrDefault(WEBHOOK_SECRETS, AttributeValue.fromL(List.of()));
    return new Client(
        item.getOrDefault(NAME, text("")).s(),
        item.getOrDefault(ENABLED, AttributeValue.fromBool(false)).bool(),
        secrets.l().stream().map(AttributeValue::s).toList());
  }

  static String keyItemKey(String apiKey) {
    return KEY_PREFIX + Sha256.hex(apiKey);
  }

  static String clientItemKey(String name) {
    return CLIENT_PREFIX + name;
  }
}
