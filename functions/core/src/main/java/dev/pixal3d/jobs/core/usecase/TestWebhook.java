package dev.pixal3d.jobs.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookId;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import dev.pixal3d.jobs.core.webhook.WebhookSignature;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Sends an event to try a webhook with, so that an integrator sees what would happen. */
public final class TestWebhook {
  private final WebhookSender sender;
  private final Supplier<RequestId> newId;
  private final InstantSource clock;

  public TestWebhook(WebhookSender sender, Supplier<RequestId> newId, InstantSource clock) {
    this.sender = sender;
    this.newId = newId;
    this.clock = clock;
  }

  /** What was sent, and what came of it. */
  public record Result(String webhookId, String body, Receipt receipt) {}

  /**
   * Sends an event.
   *
   * @param client has a secret that can be signed with
   */
  public Result send(Client client, URI url) {
    RequestId id = newId.get();
    String webhookId = WebhookId.ofTest(id);
    String body = StatusBody.example(id, clock.instant());
    return new Result(
        webhookId,
        body,
        sender.send(
            new WebhookSender.Message(
                url,
                webhookId,
                body.getBytes(UTF_8),
                WebhookSignature.usable(client.webhookSecrets()))));
  }
}
