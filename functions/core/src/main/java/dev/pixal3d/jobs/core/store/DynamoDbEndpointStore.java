package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.attribute;
import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.endpoint.EndpointStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Failing endpoints as items of the DynamoDB table. */
public final class DynamoDbEndpointStore implements EndpointStore {
  private static final String PREFIX = "endpoint#";

  /** One that nobody was told anything at for so long is forgotten. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Table table;

  public DynamoDbEndpointStore(DynamoDbClient dynamoDb, String tableName) {
    this.table = new Table(dynamoDb, tableName);
  }

  @Override
  public Optional<Endpoint> load(Endpoint.Key key) {
    return table.get(itemKey(key), false).map(item -> read(key, item));
  }

  @Override
  public boolean save(@Nullable Endpoint before, Endpoint after) {
    if (before != null) {
      return table
          .update(
              itemKey(before.key()),
              before.version(),
              item(before),
              item(after.ofVersion(before.version() + 1)))
          .isEmpty();
    }
    return table.putNew(item(after.ofVersion(1)));
  }

  @Override
  public void forget(Endpoint.Key key) {
    try {
      table
          .client()
          .deleteItem(
              delete -> delete.tableName(table.name()).key(Map.of(Table.KEY, text(itemKey(key)))));
    } catch (SdkException e) {
      throw new StoreException("Forgetting an endpoint failed: " + e.getMessage(), e);
    }
  }

  /** All that fail. Reads the whole table. */
  public List<Endpoint> all() {
    try {
      return table
          .client()
          .scanPaginator(scan ->
              scan.tableName(table.name())
                  .filterExpression("begins_with(request_id, :endpoint)")
                  .expressionAttributeValues(Map.of(":endpoint", text(PREFIX))))
          .items()
          .stream()
          .map(item ->
              read(
                  new Endpoint.Key(attribute(item, "owner").s(), attribute(item, "server").s()),
                  item))
          .toList();
    } catch (SdkException e) {
      throw new StoreException("Listing endpoints failed: " + e.getMessage(), e);
    }
  }

  private static String itemKey(Endpoint.Key key) {
    return PREFIX + Sha256.hex(key.client() + "\n" + key.server());
  }

  private static Map<String, AttributeValue> item(Endpoint endpoint) {
    var item = new HashMap<String, AttributeValue>();
    item.put(Table.KEY, text(itemKey(endpoint.key())));
    item.put(Table.SCHEMA, number(1));
    item.put(Table.VERSION, number(endpoint.version()));
    item.put("owner", text(endpoint.key().client()));
    item.put("server", text(endpoint.key().server()));
    item.put("failing_since", number(endpoint.failingSince().toEpochMilli()));
    Instant probeAt = endpoint.probeAt();
    if (probeAt != null) {
      item.put("probe_at", number(probeAt.toEpochMilli()));
    }
    Instant latest = probeAt == null ? endpoint.failingSince() : probeAt;
    item.put(JobItem.EXPIRES_AT, number(latest.plus(KEPT).getEpochSecond()));
    return item;
  }

  private static Endpoint read(Endpoint.Key key, Map<String, AttributeValue> item) {
    return new Endpoint(
        key,
        Long.parseLong(attribute(item, Table.VERSION).n()),
        Instant.ofEpochMilli(Long.parseLong(attribute(item, "failing_since").n())),
        item.containsKey("probe_at")
            ? Instant.ofEpochMilli(Long.parseLong(attribute(item, "probe_at").n()))
            : null);
  }
}
