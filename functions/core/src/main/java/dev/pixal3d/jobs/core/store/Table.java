package dev.pixal3d.jobs.core.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The one table: items by their key, and the conditional update that all adapters share. */
final class Table {
  static final String KEY = "request_id";
  static final String VERSION = "version";
  static final String SCHEMA = "schema";
  private static final int BATCH_TRIES = 10;

  private final DynamoDbClient dynamoDb;
  private final String name;

  Table(DynamoDbClient dynamoDb, String name) {
    this.dynamoDb = dynamoDb;
    this.name = name;
  }

  DynamoDbClient client() {
    return dynamoDb;
  }

  String name() {
    return name;
  }

  Optional<Map<String, AttributeValue>> get(String key, boolean consistent) {
    try {
      var answer =
          dynamoDb.getItem(
              get -> get.tableName(name).key(Map.of(KEY, text(key))).consistentRead(consistent));
      return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    } catch (SdkException e) {
      throw new StoreException("Reading " + kindOf(key) + " failed: " + e.getMessage(), e);
    }
  }

  /**
   * Items by their keys (consistent reads), at most 100; what is gone is left out.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">
   *     BatchGetItem, which may leave keys unprocessed</a>
   */
  Map<String, Map<String, AttributeValue>> getAll(List<String> keys) {
    var found = new HashMap<String, Map<String, AttributeValue>>();
    if (keys.isEmpty()) {
      return found;
    }
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            name,
            KeysAndAttributes.builder()
                .keys(keys.stream().map(key -> Map.of(KEY, text(key))).toList())
                .consistentRead(true)
                .build());
    for (int tries = 0; !wanted.isEmpty(); tries++) {
      if (tries == BATCH_TRIES) {
        throw new StoreException("DynamoDB left keys unread " + tries + " times in a row.", null);
      }
      Map<String, KeysAndAttributes> next = wanted;
      var answer = dynamoDb.batchGetItem(get -> get.requestItems(next));
      for (Map<String, AttributeValue> item : answer.responses().getOrDefault(name, List.of())) {
        found.put(String.valueOf(item.getOrDefault(KEY, text("")).s()), item);
      }
      wanted = answer.unprocessedKeys();
    }
    return found;
  }

  /** Saves an item if there is none of its key; whether it was saved. */
  boolean putNew(Map<String, AttributeValue> item) {
    return ifConditionHolds(
        attribute(item, KEY).s(),
        () ->
            dynamoDb.putItem(put ->
                put.tableName(name)
                    .item(item)
                    .conditionExpression("attribute_not_exists(request_id)")));
  }

  /** Makes a conditional write; whether its condition held. */
  static boolean ifConditionHolds(String key, Runnable write) {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw new StoreException("Saving " + kindOf(key) + " failed: " + e.getMessage(), e);
    }
  }

  /** An attribute that every item of its kind has. */
  static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new StoreException("An item has no " + name + ": " + item.keySet(), null);
    }
    return value;
  }

  /**
   * Changes just the attributes that differ, so that attributes that this code does not know stay
   * as they are, if the item still has the version that was read.
   *
   * @return nothing if it was changed; else the item as it stands, empty if it is gone
   */
  Optional<Map<String, AttributeValue>> update(
      String key,
      long version,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    Update update = Update.between(before, after);
    try {
      dynamoDb.updateItem(request ->
          request
              .tableName(name)
              .key(Map.of(KEY, text(key)))
              .updateExpression(update.expression())
              .conditionExpression("#version = :versionRead")
              .expressionAttributeNames(update.names("#version", VERSION))
              .expressionAttributeValues(update.values(":versionRead", number(version)))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Optional.empty();
    } catch (ConditionalCheckFailedException e) {
      return Optional.of(e.hasItem() ? e.item() : Map.of());
    } catch (SdkException e) {
      throw new StoreException("Saving " + kindOf(key) + " failed: " + e.getMessage(), e);
    }
  }

  /** Keys of API keys and idempotency records are hashes: nothing to tell. */
  private static String kindOf(String key) {
    int end = key.indexOf('#');
    return end < 0 ? key : key.substring(0, end);
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /** An update expression that turns one item into another. */
  private record Update(
      String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    static Update between(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
      var all = new TreeSet<>(before.keySet());
      all.addAll(after.keySet());
      var set = new StringBuilder();
      var remove = new StringBuilder();
      var names = new HashMap<String, String>();
      var values = new HashMap<String, AttributeValue>();
      for (String attribute : all) {
        @Nullable AttributeValue value = after.get(attribute);
        if (value == null) {
          remove.append(remove.isEmpty() ? " REMOVE " : ", ").append('#').append(attribute);
        } else if (!value.equals(before.get(attribute))) {
          set.append(set.isEmpty() ? "SET " : ", ");
          set.append('#').append(attribute).append(" = :").append(attribute);
          values.put(":" + attribute, value);
        } else {
          continue;
        }
        names.put("#" + attribute, attribute);
      }
      return new Update(set.append(remove).toString(), names, values);
    }

    Map<String, String> names(String name, String attribute) {
      names.put(name, attribute);
      return names;
    }

    Map<String, AttributeValue> values(String name, AttributeValue value) {
      values.put(name, value);
      return values;
    }
  }
}
