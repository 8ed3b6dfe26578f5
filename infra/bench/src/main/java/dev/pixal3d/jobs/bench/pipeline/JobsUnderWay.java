package dev.pixal3d.jobs.bench.pipeline;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Asks a stack's table which jobs have not ended. */
final class JobsUnderWay implements AutoCloseable {
  private static final String KEY = "request_id";
  private static final String DUE_AT = "due_at";
  private static final int MOST_KEYS = 100; // DynamoDB, BatchGetItem
  private static final Duration A_MOMENT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DynamoDbClient dynamoDb;
  private final String table;

  JobsUnderWay(URI dynamoDbEndpoint) {
    this.dynamoDb = AwsNearby.client(DynamoDbClient.builder(), dynamoDbEndpoint);
    this.table = dynamoDb.listTables().tableNames().getFirst();
  }

  /**
   * Waits until all of them have ended. Asking costs, too: as long as the last one has not ended,
   * most others need not be asked for.
   */
  void awaitEnd(List<String> ids) throws InterruptedException {
    long begin = System.nanoTime();
    var open = new ArrayList<>(ids);
    while (!open.isEmpty()) {
      if (underWay(List.of(open.getLast())).isEmpty()) {
        List<String> some = open.subList(Math.max(0, open.size() - MOST_KEYS), open.size());
        Set<String> underWay = underWay(some);
        some.removeIf(id -> !underWay.contains(id));
      } else {
        Thread.sleep(A_MOMENT);
      }
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException(open.size() + " jobs have not ended after " + PATIENCE);
      }
    }
  }

  /** Those for which something is still to happen. */
  private Set<String> underWay(List<String> ids) {
    BatchGetItemResponse answer =
        dynamoDb.batchGetItem(get ->
            get.requestItems(
                Map.of(
                    table,
                    KeysAndAttributes.builder()
                        .keys(
                            ids.stream().map(id -> Map.of(KEY, AttributeValue.fromS(id))).toList())
                        .consistentRead(true)
                        .projectionExpression(KEY + ", " + DUE_AT)
                        .build())));
    return answer.responses().getOrDefault(table, List.of()).stream()
        .filter(item -> item.containsKey(DUE_AT))
        .map(item -> String.valueOf(item.getOrDefault(KEY, AttributeValue.fromS("")).s()))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    dynamoDb.close();
  }
}
