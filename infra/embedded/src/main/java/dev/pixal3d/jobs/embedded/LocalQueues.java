package dev.pixal3d.jobs.embedded;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The template's queues in ElasticMQ. */
final class LocalQueues implements AutoCloseable {
  private final SqsServer server;
  private final SqsClient client;
  private final Map<String, String> urls = new LinkedHashMap<>();

  private LocalQueues(SqsServer server) {
    this.server = server;
    this.client = LocalClients.client(SqsClient.builder(), server.endpoint());
  }

  static LocalQueues start(List<QueueResource> queues) {
    LocalQueues started = new LocalQueues(new SqsServer());
    try {
      queues.stream().sorted(QueueResource.DEAD_LETTERS_FIRST).forEach(started::create);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void create(QueueResource queue) {
    urls.put(
        queue.logicalId(),
        client
            .createQueue(request ->
                request
                    .queueName(queue.logicalId())
                    .attributes(queue.attributes(Resource::queueArn)))
            .queueUrl());
  }

  URI endpoint() {
    return server.endpoint();
  }

  SqsClient client() {
    return client;
  }

  String url(String logicalId) {
    String url = urls.get(logicalId);
    if (url == null) {
      throw new IllegalArgumentException(
          "The template has no queue " + logicalId + "; it has " + urls.keySet());
    }
    return url;
  }

  /** The queues' URLs; what else there is to know is known before the start. */
  PhysicalIds urls() {
    Map<String, String> ids = new LinkedHashMap<>();
    urls.forEach((logicalId, url) -> {
      ids.put(logicalId, url);
      ids.put(logicalId + ".QueueUrl", url);
    });
    return new PhysicalIds(ids);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
