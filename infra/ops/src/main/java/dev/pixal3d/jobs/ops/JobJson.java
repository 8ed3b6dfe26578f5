package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Timeline;
import dev.pixal3d.jobs.core.store.ClientRegistry.ApiKey;
import dev.pixal3d.jobs.core.store.ClientRegistry.Registered;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of jobs, clients and endpoints, as JSON; never a secret. */
final class JobJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobJson() {}

  /** All of a job. Tokens of callbacks are in none of it: they are made anew from the id. */
  static ObjectNode whole(Job job) {
    ObjectNode node = brief(job);
    node.put("attempt", job.attempt())
        .put("tries", job.tries())
        .put("leases", job.leases())
        .put("claimed_at", Times.timestamp(job.claimedAt()))
        .put("resubmitted", job.resubmitted())
        .put("deadline_at", Times.timestamp(job.deadlineAt()))
        .put("upstream_id", job.upstreamId())
        .put("error", job.error());
    node.set("output", output(job));
    node.set("request", request(job));
    node.put("updated_at", Times.timestamp(job.updatedAt()))
        .put("completed_at", Times.timestamp(job.completedAt()))
        .put("expires_at", Times.timestamp(job.expiresAt()))
        .put("forgotten", job.isForgotten())
        .put("version", job.version());
    node.set("webhook", webhook(job));
    ArrayNode timeline = node.putArray("timeline");
    for (Timeline.Entry entry : job.timeline().entries()) {
      timeline
          .addObject()
          .put("at", Times.timestamp(entry.at()))
          .put("event", entry.what())
          .put("detail", entry.detail())
          .put("count", entry.count())
          .put("last_at", Times.timestamp(entry.lastAt()));
    }
    return node;
  }

  /** What a list shows of a job. */
  static ObjectNode brief(Job job) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("request_id", job.id().value())
        .put("client", job.client())
        .put("status", job.status().name())
        .put("waits_for", job.waitsFor().name())
        .put("due_at", Times.timestamp(job.dueAt()))
        .put("created_at", Times.timestamp(job.createdAt()));
  }

  private static @Nullable ObjectNode output(Job job) {
    if (job.output() == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode urls = node.putArray("media_url");
    job.output().mediaUrls().forEach(urls::add);
    return node.put("media_type", job.output().mediaType());
  }

  private static JsonNode request(Job job) {
    try {
      return JSON.readTree(job.order().requestJson());
    } catch (JsonProcessingException e) {
      throw OpsException.didNotWork("The request of " + job.id() + " is no JSON.", e);
    }
  }

  private static @Nullable ObjectNode webhook(Job job) {
    if (job.order().webhookUrl() == null) {
      return null;
    }
    Delivery delivery = job.delivery();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", job.order().webhookUrl().toString())
            .put("mode", job.order().webhookMode().headerValue())
            .put("settled", delivery.settled() == null ? null : delivery.settled().name())
            .put("failures", delivery.failures())
            .put("next_attempt_at", Times.timestamp(delivery.nextAt()));
    ArrayNode attempts = node.putArray("attempts");
    for (Delivery.Attempt attempt : delivery.attempts()) {
      attempts
          .addObject()
          .put("at", Times.timestamp(attempt.at()))
          .put("http_status", attempt.httpStatus())
          .put("error", attempt.error())
          .put("duration_ms", attempt.duration().toMillis());
    }
    return node;
  }

  static ObjectNode client(Registered client, List<ApiKey> keys, Instant now) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("client", client.client().name())
            .put("enabled", client.client().enabled())
            .put("forgotten_at", Times.timestamp(client.forgottenAt()))
            .put("webhook_secrets", client.client().webhookSecrets().size());
    ArrayNode all = node.putArray("keys");
    for (ApiKey key : keys) {
      all.addObject()
          .put("key_id", key.id())
          .put("enabled", !key.isDisabled(now))
          .put("disabled_at", Times.timestamp(key.disabledAt()));
    }
    return node;
  }

  static ObjectNode endpoint(Endpoint endpoint) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("client", endpoint.key().client())
        .put("server", endpoint.key().server())
        .put("switched_off", endpoint.isOff())
        .put("failing_since", Times.timestamp(endpoint.failingSince()))
        .put("next_probe_at", Times.timestamp(endpoint.probeAt()));
  }
}
