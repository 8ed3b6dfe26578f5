package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job as an item of the table. Times are milliseconds since 1970, but for TTL's seconds. */
final class JobItem {
  static final String CLIENT = "client";
  static final String DUE_SHARD = "due_shard";
  static final String DUE_AT = "due_at";
  static final String EXPIRES_AT = "expires_at";

  private static final int SCHEMA = 1;

  private JobItem() {}

  /**
   * All attributes of a job but its due_shard, which is given once and never changes, for the
   * number of shards may grow.
   */
  static Map<String, AttributeValue> of(Job job) {
    var item = new HashMap<String, AttributeValue>();
    item.put(Table.KEY, text(job.id().value()));
    item.put(Table.SCHEMA, number(SCHEMA));
    item.put(Table.VERSION, number(job.version()));
    item.put(CLIENT, text(job.client()));
    item.put("request", DenseText.write(job.order().requestJson()));
    putText(item, "webhook_url", job.order().webhookUrl());
    if (job.order().webhookMode() != WebhookMode.TERMINAL) {
      item.put("webhook_mode", text(job.order().webhookMode().name()));
    }
    item.put("public_url", text(job.order().publicUrl().toString()));
    item.put("status", text(job.status().name()));
    item.put("waits_for", text(job.waitsFor().name()));
    putTime(item, DUE_AT, job.dueAt());
    putTime(item, "deadline_at", job.deadlineAt());
    item.put("attempt", number(job.attempt()));
    putCount(item, "tries", job.tries());
    putCount(item, "leases", job.leases());
    putTime(item, "claimed_at", job.claimedAt());
    if (job.resubmitted()) {
      item.put("resubmitted", AttributeValue.fromBool(true));
    }
    putText(item, "upstream_id", job.upstreamId());
    putText(item, "error", job.error());
    if (job.output() instanceof Output(List<String> mediaUrls, String mediaType)) {
      item.put("media_url", AttributeValue.fromL(mediaUrls.stream().map(Table::text).toList()));
      putText(item, "media_type", mediaType);
    }
    putTime(item, "created_at", job.createdAt());
    putTime(item, "updated_at", job.updatedAt());
    putTime(item, "completed_at", job.completedAt());
    if (job.expiresAt() != null) {
      item.put(EXPIRES_AT, number(job.expiresAt().getEpochSecond()));
    }
    putTime(item, "read_through_at", job.readThroughAt());
    if (!job.delivery().equals(Delivery.NONE)) {
      item.put("delivery", DenseText.write(DeliveryJson.write(job.delivery(), job.createdAt())));
    }
    item.put("timeline", DenseText.write(TimelineJson.write(job.timeline(), job.createdAt())));
    return item;
  }

  static Job read(Map<String, AttributeValue> item) {
    Instant createdAt = time(item, "created_at");
    return new Job(
        new RequestId(string(item, Table.KEY)),
        string(item, CLIENT),
        count(item, Table.VERSION),
        new Job.Order(
            denseText(item, "request"),
            uri(item, "webhook_url"),
            item.containsKey("webhook_mode")
                ? WebhookMode.valueOf(string(item, "webhook_mode"))
                : WebhookMode.TERMINAL,
            URI.create(string(item, "public_url"))),
        JobStatus.valueOf(string(item, "status")),
        WaitsFor.valueOf(string(item, "waits_for")),
        timeOrNull(item, DUE_AT),
        time(item, "deadline_at"),
        (int) count(item, "attempt"),
        (int) count(item, "tries"),
        (int) count(item, "leases"),
        timeOrNull(item, "claimed_at"),
        item.containsKey("resubmitted"),
        stringOrNull(item, "upstream_id"),
        stringOrNull(item, "error"),
        output(item),
        createdAt,
        time(item, "updated_at"),
        timeOrNull(item, "completed_at"),
        item.containsKey(EXPIRES_AT) ? Instant.ofEpochSecond(count(item, EXPIRES_AT)) : null,
        timeOrNull(item, "read_through_at"),
        item.containsKey("delivery")
            ? DeliveryJson.read(denseText(item, "delivery"), createdAt)
            : Delivery.NONE,
        TimelineJson.read(denseText(item, "timeline"), createdAt));
  }

  private static @Nullable Output output(Map<String, AttributeValue> item) {
    AttributeValue urls = item.get("media_url");
    return urls == null
        ? null
        : new Output(
            urls.l().stream().map(AttributeValue::s).toList(), stringOrNull(item, "media_type"));
  }

  private static void putText(
      Map<String, AttributeValue> item, String name, @Nullable Object value) {
    if (value != null) {
      item.put(name, text(value.toString()));
    }
  }

  private static void putTime(
      Map<String, AttributeValue> item, String name, @Nullable Instant value) {
    if (value != null) {
      item.put(name, number(value.toEpochMilli()));
    }
  }

  /** A zero is left out: the item is paid for by its size. */
  private static void putCount(Map<String, AttributeValue> item, String name, int value) {
    if (value != 0) {
      item.put(name, number(value));
    }
  }

  private static String string(Map<String, AttributeValue> item, String name) {
    String value = stringOrNull(item, name);
    if (value == null) {
      throw missing(item, name);
    }
    return value;
  }

  /** A text that may be in its dense form. */
  private static String denseText(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw missing(item, name);
    }
    return DenseText.read(value);
  }

  private static StoreException missing(Map<String, AttributeValue> item, String name) {
    return new StoreException("The item " + item.get(Table.KEY) + " has no " + name + ".", null);
  }

  private static @Nullable String stringOrNull(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static @Nullable URI uri(Map<String, AttributeValue> item, String name) {
    String value = stringOrNull(item, name);
    return value == null ? null : URI.create(value);
  }

  private static long count(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  private static Instant time(Map<String, AttributeValue> item, String name) {
    return Instant.ofEpochMilli(count(item, name));
  }

  private static @Nullable Instant timeOrNull(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? time(item, name) : null;
  }
}
