package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * DynamoDB and SQS in this JVM, with the table and the queues of a template: DynamoDB Local and
 * ElasticMQ, on loopback, on ports that are free.
 *
 * <p>What they do not show: permissions, quotas, throttling, backups.
 */
public final class EmbeddedAws implements AutoCloseable {
  private final PhysicalIds idsBeforeStart;
  private final LocalTable table;
  private final LocalQueues queues;

  private EmbeddedAws(PhysicalIds idsBeforeStart, LocalTable table, LocalQueues queues) {
    this.idsBeforeStart = idsBeforeStart;
    this.table = table;
    this.queues = queues;
  }

  /**
   * Starts both, and makes the table (if it is not there yet) and the queues as the template says.
   *
   * @param dataDir where the table's data is kept, made if it is not there; null to keep it in
   *     memory. Messages are always kept in memory.
   * @throws IllegalStateException if one of them cannot be started, or the table that is kept in
   *     {@code dataDir} is not the template's
   */
  public static EmbeddedAws start(Template template, @Nullable Path dataDir) {
    Quiet.down();
    ThreadFactory threads = Thread.ofPlatform().daemon().name("embedded-aws-", 0).factory();
    try (ExecutorService starters = Executors.newThreadPerTaskExecutor(threads)) {
      CompletableFuture<LocalTable> table =
          CompletableFuture.supplyAsync(
              () -> LocalTable.start(template.table(), dataDir), starters);
      CompletableFuture<LocalQueues> queues =
          CompletableFuture.supplyAsync(() -> LocalQueues.start(template.queues()), starters);
      try {
        CompletableFuture.allOf(table, queues).join();
        return new EmbeddedAws(template.idsBeforeStart(), table.join(), queues.join());
      } catch (CompletionException e) {
        // What did start goes down again.
        if (!table.isCompletedExceptionally()) {
          table.join().close();
        }
        if (!queues.isCompletedExceptionally()) {
          queues.join().close();
        }
        throw e.getCause() instanceof IllegalStateException failure
            ? failure
            : new IllegalStateException("DynamoDB and SQS did not start: " + e.getCause(), e);
      }
    }
  }

  /** Where DynamoDB answers. */
  public URI dynamoDbEndpoint() {
    return table.endpoint();
  }

  /** Where SQS answers. */
  public URI sqsEndpoint() {
    return queues.endpoint();
  }

  /** The region that clients are to name. */
  public String region() {
    return Intrinsics.REGION;
  }

  /** What {@code Ref} and {@code GetAtt} give for the table and the queues. */
  public PhysicalIds physicalIds() {
    return idsBeforeStart.with(queues.urls());
  }

  /** The table's name. */
  public String tableName() {
    return table.name();
  }

  /**
   * A queue's URL.
   *
   * @throws IllegalArgumentException if the template has no such queue
   */
  public String queueUrl(String logicalId) {
    return queues.url(logicalId);
  }

  /** A client for the table; closed with this. */
  public DynamoDbClient dynamoDb() {
    return table.client();
  }

  /** A client for the queues; closed with this. */
  public SqsClient sqs() {
    return queues.client();
  }

  /** Stops both. What is kept in a data directory stays there. */
  @Override
  public void close() {
    queues.close();
    table.close();
  }
}
