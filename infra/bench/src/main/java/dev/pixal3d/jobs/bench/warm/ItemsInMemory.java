package dev.pixal3d.jobs.bench.warm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The table's few items that are no jobs: clients, their keys, the gate. */
final class ItemsInMemory implements DynamoDbClient {
  private final Map<AttributeValue, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    Map<String, AttributeValue> item = items.get(keyOf(request.key()));
    return item == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(item).build();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    items.put(keyOf(request.item()), request.item());
    return PutItemResponse.builder().build();
  }

  private static AttributeValue keyOf(Map<String, AttributeValue> item) {
    return item.getOrDefault("request_id", AttributeValue.fromNul(true));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
