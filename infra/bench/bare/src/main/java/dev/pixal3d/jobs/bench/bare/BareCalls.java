package dev.pixal3d.jobs.bench.bare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Calls of AWS, one after the other: those that the variable {@code BARE_CALLS} names, as AWS does
 * in {@code X-Amz-Target}, with commas between them. {@code POST} is one to {@code BARE_POST_URL}.
 * What is read and changed is the item {@code BARE_ITEM}; what is put is a new one.
 */
final class BareCalls {
  private static final String TABLE = System.getenv("TABLE_NAME");
  private static final Map<String, AttributeValue> ITEM =
      Map.of("request_id", AttributeValue.fromS(System.getenv("BARE_ITEM")));
  private static final String QUEUE = System.getenv("DISPATCH_QUEUE_URL");
  private static final List<String> CALLS = List.of(System.getenv("BARE_CALLS").split(","));

  private final @Nullable DynamoDbClient dynamoDb = makes("DynamoDB") ? dynamoDb() : null;
  private final @Nullable SqsClient sqs = makes("AmazonSQS") ? sqs() : null;
  private final @Nullable HttpClient http = makes("POST") ? HttpClient.newHttpClient() : null;

  private static boolean makes(String service) {
    return CALLS.stream().anyMatch(call -> call.startsWith(service));
  }

  private static DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  private static SqsClient sqs() {
    return SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  /** Makes all of them. */
  void make() {
    String id = "bare_" + UUID.randomUUID();
    for (String call : CALLS) {
      String operation = call.substring(call.indexOf('.') + 1);
      if (dynamoDb != null && call.startsWith("DynamoDB")) {
        make(operation, id, dynamoDb);
      } else if (sqs != null && call.startsWith("AmazonSQS")) {
        make(operation, id, sqs);
      } else if (http != null) {
        post(id, http);
      }
    }
  }

  private static void make(String operation, String id, DynamoDbClient dynamoDb) {
    switch (operation) {
      case "GetItem" ->
          dynamoDb.getItem(get -> get.tableName(TABLE).key(ITEM).consistentRead(true)).item();
      case "PutItem" ->
          dynamoDb.putItem(put ->
              put.tableName(TABLE)
                  .item(item(id))
                  .conditionExpression("attribute_not_exists(request_id)"));
      case "UpdateItem" -> update(dynamoDb);
      case "Query" ->
          dynamoDb
              .query(query ->
                  query
                      .tableName(TABLE)
                      .indexName("due")
                      .keyConditionExpression("due_shard = :shard AND due_at <= :until")
                      .expressionAttributeValues(
                          Map.of(
                              ":shard", AttributeValue.fromN("0"),
                              ":until", AttributeValue.fromN("1"))))
              .items();
      default -> throw new IllegalArgumentException("DynamoDB " + operation);
    }
  }

  private static void update(DynamoDbClient dynamoDb) {
    dynamoDb.updateItem(update ->
        update
            .tableName(TABLE)
            .key(ITEM)
            .updateExpression("SET #a = :a, #b = :b, #c = :c")
            .conditionExpression("attribute_exists(request_id)")
            .expressionAttributeNames(Map.of("#a", "version", "#b", "timeline", "#c", "status"))
            .expressionAttributeValues(
                Map.of(
                    ":a", AttributeValue.fromN("2"),
                    ":b", AttributeValue.fromS("[]"),
                    ":c", AttributeValue.fromS("COMPLETED"))));
  }

  private static Map<String, AttributeValue> item(String id) {
    var item = new HashMap<String, AttributeValue>();
    item.put("request_id", AttributeValue.fromS(id));
    for (int i = 0; i < 12; i++) {
      item.put("attribute_" + i, AttributeValue.fromS("some value that is not very long"));
    }
    return item;
  }

  private static void make(String operation, String id, SqsClient sqs) {
    switch (operation) {
      case "SendMessage" -> sqs.sendMessage(send -> send.queueUrl(QUEUE).messageBody(id));
      case "SendMessageBatch" ->
          sqs.sendMessageBatch(send ->
              send.queueUrl(QUEUE)
                  .entries(SendMessageBatchRequestEntry.builder().id("0").messageBody(id).build()));
      default -> throw new IllegalArgumentException("SQS " + operation);
    }
  }

  private static void post(String id, HttpClient http) {
    URI url = URI.create(System.getenv("BARE_POST_URL"));
    try {
      http.send(
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"id\":\"" + id + "\"}"))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
