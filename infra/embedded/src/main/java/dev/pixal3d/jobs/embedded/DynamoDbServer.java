package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
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
        new LocalDynamoDBRequestHandler(
            0,
            directory == null,
            directory == null ? null : directory.path().toString(),
            /* sharedDb= */ true,
            /* delayTransientStatuses= */ false);
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
