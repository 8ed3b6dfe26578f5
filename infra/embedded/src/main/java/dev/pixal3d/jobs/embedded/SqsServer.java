package dev.pixal3d.jobs.embedded;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ: SQS over HTTP, in memory, on loopback. */
final class SqsServer implements AutoCloseable {
  private final SQSRestServer server;
  private final URI endpoint;

  SqsServer() {
    this.server =
        SQSRestServerBuilder.withInterface(Loopback.HOST)
            .withDynamicPort()
            .withAWSRegion(Intrinsics.REGION)
            .withAWSAccountId(Intrinsics.ACCOUNT)
            .start();
    this.endpoint = Loopback.endpoint(server.waitUntilStarted().localAddress().getPort());
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
