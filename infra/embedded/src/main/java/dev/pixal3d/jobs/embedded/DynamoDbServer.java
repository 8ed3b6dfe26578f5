package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local over HTTP.
 *
 * <p>Its own runner listens on every interface, prints a banner and may send telemetry. So its
 * handler is put into a server of our own, on loopback.
 */
final class DynamoDbServer implements AutoCloseable {
  private final @Nullable DataDirectory directory;
  private final LocalDynamoDBRequestHandler database;
  private final Server server;
  private final ServerConnector connector;

  private DynamoDbServer(@Nullable DataDirectory directory) {
    this.directory = directory;
    this.database =
        new CommittingRequestHandler(directory == null ? null : directory.path().toString());
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost(Loopback.HOST);
    server.addConnector(connector);
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(database, null), "/"));
  }

  /**
   * By itself DynamoDB Local only queues a transaction's commit before it answers, and a kill in
   * between loses what was answered. What goes through that queue afterwards waits for the commit.
   */
  private static final class CommittingRequestHandler extends LocalDynamoDBRequestHandler {
    CommittingRequestHandler(@Nullable String directory) {
      super(
          0,
          directory == null,
          directory,
          /* sharedDb= */ true,
          /* delayTransientStatuses= */ false);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(
        String accessKey, String region, TransactWriteItemsRequest request) {
      TransactWriteItemsResponse response = super.transactWriteItems(accessKey, region, request);
      listTables(accessKey, region, ListTablesRequest.builder().limit(1).build());
      return response;
    }
  }

  /**
   * @param dataDir where the data is kept; null to keep it in memory
   */
  static DynamoDbServer start(@Nullable Path dataDir) {
    DynamoDbServer started =
        new DynamoDbServer(dataDir == null ? null : DataDirectory.take(dataDir));
    try {
      started.server.start();
      return started;
    } catch (Exception e) { // Jetty declares no less
      started.close();
      throw new IllegalStateException("DynamoDB Local did not start: " + e, e);
    }
  }

  URI endpoint() {
    return Loopback.endpoint(connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
      database.shutdown();
      if (directory != null) {
        directory.close();
      }
    } catch (Exception e) { // Jetty declares no less
      throw new IllegalStateException("DynamoDB Local did not stop: " + e, e);
    }
  }
}
