package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.endpoint.EndpointKeeper;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender;
import dev.pixal3d.jobs.core.webhook.WebhookSender;

/** What clients are told with. */
public record WebhookParts(Application application) {
  public WebhookSender sender() {
    return application
        .wiring()
        .part(
            WebhookSender.class,
            () -> new HttpWebhookSender(application.config().allowLoopback(), application.clock()));
  }

  public EndpointKeeper endpointKeeper() {
    return new EndpointKeeper(
        new DynamoDbEndpointStore(application.dynamoDb(), application.tableName()),
        application.clock(),
        application.metrics());
  }
}
