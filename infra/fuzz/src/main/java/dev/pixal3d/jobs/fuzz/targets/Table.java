package dev.pixal3d.jobs.fuzz.targets;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Of a DynamoDB table as much as clients, the gate and endpoints need where each is written once at
 * the most. Anything else fails.
 */
final class Table implements DynamoDbClient {
  private static final String KEY = "request_id";

  private final Map<AttributeValue, Map<String, AttributeValue>> items = new HashMap<>();

  Table() {}

  /** The same items, to be changed apart. */
  Table copy() {
    Table copy = new Table();
    copy.items.putAll(items);
    return copy;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    Map<String, AttributeValue> item = items.get(request.key().get(KEY));
    return item == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(item).build();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    AttributeValue key = request.item().get(KEY);
    if (request.conditionExpression() != null && items.containsKey(key)) {
      throw ConditionalCheckFailedException.builder().message("There is one").build();
    }
    items.put(key, request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    items.remove(request.key().get(KEY));
    return DeleteItemResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
