package dev.pixal3d.jobs.core.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.Timeline;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookId;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients are told beyond Pixal3D's page. */
public final class JobBodies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JobBodies() {}

  /**
   * A page of a client's jobs, each as the status endpoint tells it.
   *
   * @param last where the next page begins; null if this one is the last
   */
  public static String list(List<Job> jobs, @Nullable RequestId last) {
    ObjectNode body = JSON.objectNode();
    ArrayNode requests = body.putArray("requests");
    jobs.forEach(job -> requests.add(StatusBody.node(job)));
    return body.put("next_cursor", last == null ? null : ListRequest.cursor(last)).toString();
  }

  /** What happened to a job and when. */
  public static String timeline(Job job) {
    ObjectNode body =
        JSON.objectNode().put("request_id", job.id().value()).put("status", job.status().name());
    ArrayNode events = body.putArray("events");
    for (Timeline.Entry entry : job.timeline().entries()) {
      events
          .addObject()
          .put("at", StatusBody.timestamp(entry.at()))
          .put("event", entry.what())
          .put("detail", entry.detail())
          .put("count", entry.count())
          .put("last_at", StatusBody.timestamp(entry.lastAt()));
    }
    body.set("webhook", webhook(job));
    return body.toString();
  }

  private static @Nullable ObjectNode webhook(Job job) {
    URI url = job.order().webhookUrl();
    if (url == null) {
      return null;
    }
    Delivery delivery = job.delivery();
    boolean open = job.waitsFor() == WaitsFor.DELIVERY || job.waitsFor() == WaitsFor.RECEIPT;
    ObjectNode node =
        JSON.objectNode()
            // Path and query may hold the client's own secrets.
            .put("endpoint", Endpoint.Key.of(job.client(), url).server())
            .put("mode", job.order().webhookMode().headerValue())
            .put("state", state(job))
            .put("webhook_id", job.hasEnded() ? WebhookId.ofEnd(job.id()) : null)
            .put("next_attempt_at", open ? StatusBody.timestamp(delivery.nextAt()) : null);
    ArrayNode attempts = node.putArray("attempts");
    for (Delivery.Attempt attempt : delivery.attempts()) {
      attempts
          .addObject()
          .put("at", StatusBody.timestamp(attempt.at()))
          .put("http_status", attempt.httpStatus())
          .put("error", attempt.error())
          .put("duration_ms", attempt.duration().toMillis());
    }
    return node;
  }

  private static String state(Job job) {
    return switch (job.waitsFor()) {
      case DELIVERY -> "owed";
      case RECEIPT -> "sending";
      case NOTHING ->
          switch (job.delivery().settled()) {
            case DELIVERED -> "delivered";
            case GIVEN_UP -> "given_up";
            case null -> "none";
          };
      case DISPATCH, ANSWER, REPORT -> "none";
    };
  }

  /** That the event of a job's end is on its way once more. */
  public static String replay(Job job) {
    return JSON.objectNode()
        .put("request_id", job.id().value())
        .put("webhook_id", WebhookId.ofEnd(job.id()))
        .put("message", "The event is sent again, with the same webhook-id and a new signature.")
        .toString();
  }

  /** What was sent to try a webhook, and what came of it. */
  public static String webhookTest(String webhookId, String body, Receipt receipt) {
    return JSON.objectNode()
        .put("webhook_id", webhookId)
        .put("timestamp", receipt.timestamp())
        .put("signature", receipt.signature())
        .put("body", body)
        .put("delivered", receipt.delivered())
        .put("http_status", receipt.httpStatus())
        .put("error", receipt.error())
        .put("duration_ms", receipt.duration().toMillis())
        .toString();
  }
}
