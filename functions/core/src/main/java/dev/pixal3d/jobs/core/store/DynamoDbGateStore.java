package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.attribute;
import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateStore;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The gate as one item of the DynamoDB table. */
public final class DynamoDbGateStore implements GateStore {
  private static final String GATE = "gate#dispatch";

  private final Table table;

  public DynamoDbGateStore(DynamoDbClient dynamoDb, String tableName) {
    this.table = new Table(dynamoDb, tableName);
  }

  @Override
  public Optional<Gate> load() {
    return table.get(GATE, false).map(DynamoDbGateStore::read);
  }

  @Override
  public boolean save(@Nullable Gate before, Gate after) {
    if (before != null) {
      return table
          .update(GATE, before.version(), item(before), item(after.ofVersion(before.version() + 1)))
          .isEmpty();
    }
    return table.putNew(item(after.ofVersion(1)));
  }

  @Override
  public boolean open(Gate before) {
    return Table.ifConditionHolds(
        GATE,
        () ->
            table
                .client()
                .deleteItem(delete ->
                    delete
                        .tableName(table.name())
                        .key(Map.of(Table.KEY, text(GATE)))
                        .conditionExpression("version = :version")
                        .expressionAttributeValues(Map.of(":version", number(before.version())))));
  }

  private static Map<String, AttributeValue> item(Gate gate) {
    var item = new HashMap<String, AttributeValue>();
    item.put(Table.KEY, text(GATE));
    item.put(Table.SCHEMA, number(1));
    item.put(Table.VERSION, number(gate.version()));
    item.put("reason", text(gate.reason().name()));
    item.put("until", number(gate.until().toEpochMilli()));
    item.put("closures", number(gate.closures()));
    item.put("probing", AttributeValue.fromBool(gate.probing()));
    return item;
  }

  private static Gate read(Map<String, AttributeValue> item) {
    return new Gate(
        Long.parseLong(attribute(item, Table.VERSION).n()),
        Reason.valueOf(attribute(item, "reason").s()),
        Instant.ofEpochMilli(Long.parseLong(attribute(item, "until").n())),
        Integer.parseInt(attribute(item, "closures").n()),
        attribute(item, "probing").bool());
  }
}
