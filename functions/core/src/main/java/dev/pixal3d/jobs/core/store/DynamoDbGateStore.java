package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.attribute;
import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The gate as one item of the DynamoDB table. It is read by older code too, during a canary, which
 * fails on a reason that it does not know: so closures by hand stand under one of the first
 * release's, with an attribute of their own. A reason of a later release is read as a pause.
 */
public final class DynamoDbGateStore implements GateStore {
  private static final String GATE = "gate#dispatch";
  private static final String CLOSED_AT = "closed_at";
  private static final String WHY = "why";
  private static final String REASON = "reason";
  private static final String BY_HAND = "by_hand";

  /** What a closure by hand is to code that knows of none: just a closure that lasts. */
  private static final Gate.Reason REASON_BY_HAND = Gate.Reason.THROTTLED;

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
    Gate next = after.ofVersion(after.versionAfter(before));
    return before == null
        ? table.putNew(item(next))
        : table.update(GATE, before.version(), item(before), item(next)).isEmpty();
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
    item.put(REASON, text(gate.isClosedByHand() ? REASON_BY_HAND.name() : gate.reason().name()));
    if (gate.isClosedByHand()) {
      item.put(BY_HAND, text(gate.reason().name()));
    }
    item.put(CLOSED_AT, number(gate.closedAt().toEpochMilli()));
    item.put("until", number(gate.until().toEpochMilli()));
    item.put("closures", number(gate.closures()));
    item.put("probing", AttributeValue.fromBool(gate.probing()));
    if (gate.why() != null) {
      item.put(WHY, text(gate.why()));
    }
    return item;
  }

  private static Gate read(Map<String, AttributeValue> item) {
    return new Gate(
        Long.parseLong(attribute(item, Table.VERSION).n()),
        reason(item),
        time(item.containsKey(CLOSED_AT) ? attribute(item, CLOSED_AT) : attribute(item, "until")),
        time(attribute(item, "until")),
        Integer.parseInt(attribute(item, "closures").n()),
        attribute(item, "probing").bool(),
        item.containsKey(WHY) ? attribute(item, WHY).s() : null);
  }

  private static Gate.Reason reason(Map<String, AttributeValue> item) {
    String name = attribute(item, item.containsKey(BY_HAND) ? BY_HAND : REASON).s();
    return Stream.of(Gate.Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(Gate.Reason.PAUSED);
  }

  private static Instant time(AttributeValue millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis.n()));
  }
}
