package dev.pixal3d.jobs.bench.meter;

import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Writes down what is asked of AWS, in the order in which it is asked. For one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html">
 *     ConsumedCapacity, by which DynamoDB bills</a>
 */
public final class Meter {
  private static final ReturnConsumedCapacity INDEXES = ReturnConsumedCapacity.INDEXES;

  private static final String JOB_PREFIX = "pixal3d_";

  /** "DynamoDB read consistency": an eventually consistent read of up to 4 KB costs half a unit. */
  private static final double LEAST_READ = 0.5;

  private final List<Metered> all = new ArrayList<>();
  private String function = "nobody";

  private Consumer<String> afterWrites = _ -> {};

  /** A request that could not be answered consumes units all the same, but tells nothing of it. */
  private @Nullable Throwable failure;

  /** A function is called; what is asked for from now on is on its behalf. */
  void call(String calledFunction) {
    function = calledFunction;
    all.add(new Metered.Invocation(calledFunction));
  }

  /** What to do after each write of a job from now on; it is told the job's id. */
  public void afterWrites(Consumer<String> todo) {
    afterWrites = todo;
  }

  /** On whose behalf things are asked for at present. */
  String function() {
    return function;
  }

  void add(Metered metered) {
    all.add(metered);
  }

  /**
   * What was asked for since the last time.
   *
   * @throws IllegalStateException if something failed, for that could not be counted
   */
  public List<Metered> take() {
    if (failure != null) {
      throw new IllegalStateException("Not everything could be counted: " + failure, failure);
    }
    List<Metered> taken = List.copyOf(all);
    all.clear();
    return taken;
  }

  /** Has each answer of DynamoDB tell what it consumed, and writes that down. */
  ExecutionInterceptor ofTable() {
    return new ExecutionInterceptor() {
      @Override
      public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes unused) {
        return switch (context.request()) {
          case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(INDEXES).build();
          case BatchGetItemRequest get -> get.toBuilder().returnConsumedCapacity(INDEXES).build();
          case QueryRequest query -> query.toBuilder().returnConsumedCapacity(INDEXES).build();
          case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(INDEXES).build();
          case UpdateItemRequest update ->
              update.toBuilder().returnConsumedCapacity(INDEXES).build();
          case DeleteItemRequest delete ->
              delete.toBuilder().returnConsumedCapacity(INDEXES).build();
          case TransactWriteItemsRequest write ->
              write.toBuilder().returnConsumedCapacity(INDEXES).build();
          default -> throw new IllegalArgumentException("Not counted yet: " + context.request());
        };
      }

      @Override
      public void afterExecution(Context.AfterExecution context, ExecutionAttributes unused) {
        add(context.request(), context.response());
      }

      @Override
      public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes unused) {
        failure = context.exception();
      }
    };
  }

  private void add(SdkRequest request, SdkResponse response) {
    switch (request) {
      case GetItemRequest get ->
          read("GetItem", key(get.key()), ((GetItemResponse) response).consumedCapacity());
      case BatchGetItemRequest _ ->
          ((BatchGetItemResponse) response)
              .consumedCapacity()
              .forEach(consumed -> read("BatchGetItem", JOB_PREFIX, consumed));
      case QueryRequest query ->
          queried(query.indexName(), ((QueryResponse) response).consumedCapacity());
      case PutItemRequest put ->
          written("PutItem", key(put.item()), ((PutItemResponse) response).consumedCapacity());
      case UpdateItemRequest update ->
          written(
              "UpdateItem", key(update.key()), ((UpdateItemResponse) response).consumedCapacity());
      case DeleteItemRequest delete ->
          written(
              "DeleteItem", key(delete.key()), ((DeleteItemResponse) response).consumedCapacity());
      case TransactWriteItemsRequest write ->
          ((TransactWriteItemsResponse) response)
              .consumedCapacity()
              .forEach(consumed -> written("TransactWriteItems", jobOf(write), consumed));
      default -> throw new IllegalArgumentException("Not counted yet: " + request);
    }
  }

  /** Its units are told of all items together. */
  private static String jobOf(TransactWriteItemsRequest write) {
    return write.transactItems().stream()
        .map(item -> key(item.put().item()))
        .filter(key -> key.startsWith(JOB_PREFIX))
        .findFirst()
        .orElseThrow();
  }

  /** One that finds nothing costs half a unit too; DynamoDB Local says that it costs none. */
  private void queried(String index, ConsumedCapacity consumed) {
    double units = Math.max(LEAST_READ, consumed.capacityUnits());
    all.add(
        new TableRequest(function, "Query", index, false, 0, new TreeMap<>(Map.of(index, units))));
  }

  private void read(String operation, String key, ConsumedCapacity consumed) {
    add(operation, key, false, consumed);
  }

  private void written(String operation, String key, ConsumedCapacity consumed) {
    add(operation, key, true, consumed);
    if (key.startsWith(JOB_PREFIX)) {
      afterWrites.accept(key);
    }
  }

  private void add(String operation, String key, boolean writes, ConsumedCapacity consumed) {
    var indexUnits = new TreeMap<String, Double>();
    consumed
        .globalSecondaryIndexes()
        .forEach((name, capacity) -> indexUnits.put(name, capacity.capacityUnits()));
    double tableUnits = consumed.table() == null ? 0 : consumed.table().capacityUnits();
    all.add(new TableRequest(function, operation, kind(key), writes, tableUnits, indexUnits));
  }

  private static String key(Map<String, AttributeValue> item) {
    AttributeValue key = item.get("request_id");
    return key == null ? "" : key.s();
  }

  /** Keys of what is no job say before a {@code #} what they are. */
  private static String kind(String key) {
    return key.startsWith(JOB_PREFIX) ? "job" : key.replaceFirst("#.*", "");
  }
}
