package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.endpoint.EndpointKeeper;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import java.net.URI;
import java.util.List;

/** What clients are told with. */
public record WebhookParts(Application application) {
  private static final String NOBODYS_SECRET = "whsec_" + "A".repeat(32);

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

  /** Takes the way to a client's server, and finds a closed door on this machine. */
  public void prime() {
    var _ =
        new HttpWebhookSender(true, application.clock())
            .send(
                new WebhookSender.Message(
                    URI.create("http://127.0.0.1:9/"),
                    "priming",
                    new byte[0],
                    List.of(NOBODYS_SECRET)));
  }
}
