package dev.pixal3d.jobs.simulation.aws;

import dev.pixal3d.jobs.simulation.aws.SimulatedTable.IndexKey;
import dev.pixal3d.jobs.simulation.world.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB as one sandbox sees it: the calls that the functions make, and no others, each with what
 * can go wrong on the way.
 */
public final class SimulatedDynamoDb implements DynamoDbClient {
  private static final String TRANSACTION_CONFLICT = "TransactionConflict";

  private final SimulatedTable table;
  private final Sandbox sandbox;

  public SimulatedDynamoDb(SimulatedTable table, Sandbox sandbox) {
    this.table = table;
    this.sandbox = sandbox;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    String key = SimulatedTable.keyOf(request.key());
    return sandbox.effect(
        () -> "reads " + shown(key),
        () -> {
          throttle();
          Map<String, AttributeValue> item =
              request.consistentRead() ? table.get(key) : table.getMaybeStale(key);
          return GetItemResponse.builder().item(item.isEmpty() ? null : item).build();
        });
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return sandbox.effect(
        () -> "reads a batch",
        () -> {
          throttle();
          var responses = new HashMap<String, List<Map<String, AttributeValue>>>();
          request
              .requestItems()
              .forEach((name, wanted) ->
                  responses.put(
                      name,
                      wanted.keys().stream()
                          .map(key -> table.get(SimulatedTable.keyOf(key)))
                          .filter(item -> !item.isEmpty())
                          .toList()));
          return BatchGetItemResponse.builder()
              .responses(responses)
              .unprocessedKeys(Map.of())
              .build();
        });
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    String key = SimulatedTable.keyOf(request.item());
    write(
        "puts",
        key,
        request.conditionExpression(),
        Map.of(),
        request.expressionAttributeValues(),
        request.returnValuesOnConditionCheckFailure(),
        request::item);
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    String key = SimulatedTable.keyOf(request.key());
    write(
        "updates",
        key,
        request.conditionExpression(),
        request.expressionAttributeNames(),
        request.expressionAttributeValues(),
        request.returnValuesOnConditionCheckFailure(),
        () -> Expressions.update(table.get(key), request));
    return UpdateItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    write(
        "deletes",
        SimulatedTable.keyOf(request.key()),
        request.conditionExpression(),
        request.expressionAttributeNames(),
        request.expressionAttributeValues(),
        request.returnValuesOnConditionCheckFailure(),
        Map::of);
    return DeleteItemResponse.builder().build();
  }

  private void write(
      String how,
      String key,
      @Nullable String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      @Nullable ReturnValuesOnConditionCheckFailure onFailure,
      Supplier<Map<String, AttributeValue>> after) {
    boolean repeated =
        sandbox.effect(
            () -> how + " " + shown(key),
            () -> {
              throttle();
              lose();
              require(condition, key, names, values, onFailure);
              sandbox.writes(key, after.get());
              loseAnswer();
              return condition != null && sandbox.faults().strikes(Fault.WRITE_REPEATED);
            });
    if (repeated) {
      var _ =
          sandbox.effect(
              () -> how + " again " + shown(key),
              () -> {
                require(condition, key, names, values, onFailure);
                sandbox.writes(key, after.get());
                return true;
              });
    }
  }

  private void require(
      @Nullable String condition,
      String key,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      @Nullable ReturnValuesOnConditionCheckFailure onFailure) {
    Map<String, AttributeValue> item = table.get(key);
    if (condition != null && !Expressions.holds(condition, item, names, values)) {
      boolean shown = onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD;
      throw ConditionalCheckFailedException.builder()
          .message("The conditional request failed")
          .item(shown && !item.isEmpty() ? item : null)
          .build();
    }
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    List<Put> puts = request.transactItems().stream().map(TransactWriteItem::put).toList();
    return sandbox.effect(
        () -> "puts " + puts.size() + " items in a transaction",
        () -> {
          throttle();
          lose();
          if (sandbox.faults().strikes(Fault.TRANSACTION_CONFLICT)) {
            throw cancelled(
                puts.stream()
                    .map(_ -> CancellationReason.builder().code(TRANSACTION_CONFLICT).build())
                    .toList());
          }
          List<CancellationReason> reasons = puts.stream().map(this::reason).toList();
          if (reasons.stream().anyMatch(reason -> !"None".equals(reason.code()))) {
            throw cancelled(reasons);
          }
          puts.forEach(put -> sandbox.writes(SimulatedTable.keyOf(put.item()), put.item()));
          loseAnswer();
          return TransactWriteItemsResponse.builder().build();
        });
  }

  private CancellationReason reason(Put put) {
    Map<String, AttributeValue> item = table.get(SimulatedTable.keyOf(put.item()));
    if (Expressions.holds(
        put.conditionExpression(),
        item,
        put.expressionAttributeNames(),
        put.expressionAttributeValues())) {
      return CancellationReason.builder().code("None").build();
    }
    boolean shown =
        put.returnValuesOnConditionCheckFailure() == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    return CancellationReason.builder()
        .code("ConditionalCheckFailed")
        .item(shown ? item : null)
        .build();
  }

  private static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
    return TransactionCanceledException.builder()
        .message("Transaction cancelled")
        .cancellationReasons(reasons)
        .build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return sandbox.effect(
        () -> "queries " + request.indexName(),
        () -> {
          throttle();
          return switch (request.indexName()) {
            case "due" -> due(request);
            case "by_client" -> byClient(request);
            default -> throw new IllegalArgumentException("No index " + request.indexName());
          };
        });
  }

  private QueryResponse due(QueryRequest request) {
    Map<String, AttributeValue> values = request.expressionAttributeValues();
    Map<String, AttributeValue> start =
        request.hasExclusiveStartKey() ? request.exclusiveStartKey() : Map.of();
    IndexKey after =
        start.isEmpty()
            ? null
            : new IndexKey(
                SimulatedTable.number(start, "due_shard"),
                SimulatedTable.number(start, "due_at"),
                SimulatedTable.keyOf(start));
    List<Map<String, AttributeValue>> found =
        table
            .due(
                SimulatedTable.number(values, ":shard"),
                SimulatedTable.number(values, ":until"),
                after)
            .stream()
            .map(SimulatedDynamoDb::item)
            .toList();
    return page(found, request.limit());
  }

  private static Map<String, AttributeValue> item(IndexKey key) {
    return Map.of(
        "request_id", AttributeValue.fromS(key.id()),
        "due_shard", AttributeValue.fromN(Long.toString(key.shard())),
        "due_at", AttributeValue.fromN(Long.toString(key.dueAt())));
  }

  private QueryResponse byClient(QueryRequest request) {
    AttributeValue client =
        Objects.requireNonNull(request.expressionAttributeValues().get(":client"));
    NavigableSet<String> ids = table.ofClient(client.s());
    if (request.hasExclusiveStartKey()) {
      ids = ids.tailSet(SimulatedTable.keyOf(request.exclusiveStartKey()), false);
    }
    var found = new ArrayList<Map<String, AttributeValue>>();
    ids.forEach(id -> found.add(Map.of("request_id", AttributeValue.fromS(id), "client", client)));
    return page(found, request.limit());
  }

  private static QueryResponse page(List<Map<String, AttributeValue>> found, int limit) {
    List<Map<String, AttributeValue>> page = found.subList(0, Math.min(limit, found.size()));
    return QueryResponse.builder()
        .items(page)
        .lastEvaluatedKey(page.size() < limit ? null : page.getLast())
        .build();
  }

  private void throttle() {
    if (sandbox.faults().strikes(Fault.THROTTLED)) {
      throw ProvisionedThroughputExceededException.builder().message("Slow down").build();
    }
  }

  private void lose() {
    if (sandbox.faults().strikes(Fault.WRITE_LOST)) {
      throw SdkClientException.create("No answer came (the write was not made)");
    }
  }

  private void loseAnswer() {
    if (sandbox.faults().strikes(Fault.WRITE_UNANSWERED)) {
      throw SdkClientException.create("No answer came (the write was made)");
    }
  }

  private static String shown(String key) {
    return key.length() <= 50 ? key : key.substring(0, 24) + "…";
  }
}
