package dev.pixal3d.jobs.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as short JSON, since a job's item is paid for by its size. Times are milliseconds
 * after the job's making; what tells nothing is left out.
 */
final class DeliveryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeliveryJson() {}

  static String write(Delivery delivery, Instant createdAt) {
    ObjectNode node = JSON.createObjectNode();
    if (delivery.settled() != null) {
      node.put("settled", delivery.settled().name());
    }
    putCount(node, "failures", delivery.failures());
    putTime(node, "next", delivery.nextAt(), createdAt);
    putCount(node, "reports", delivery.reports());
    putCount(node, "told", delivery.told());
    putTime(node, "telling", delivery.tellingUntil(), createdAt);
    if (!delivery.attempts().isEmpty()) {
      ArrayNode attempts = node.putArray("attempts");
      for (Delivery.Attempt attempt : delivery.attempts()) {
        ArrayNode line = attempts.addArray();
        line.add(attempt.at().toEpochMilli() - createdAt.toEpochMilli());
        line.add(attempt.duration().toMillis());
        line.add(attempt.httpStatus());
        if (attempt.error() != null) {
          line.add(attempt.error());
        }
      }
    }
    return node.toString();
  }

  static Delivery read(String json, Instant createdAt) {
    try {
      JsonNode node = JSON.readTree(json);
      var attempts = new ArrayList<Delivery.Attempt>();
      for (JsonNode line : node.path("attempts")) {
        attempts.add(
            new Delivery.Attempt(
                createdAt.plusMillis(line.path(0).asLong()),
                line.path(2).isInt() ? line.path(2).intValue() : null,
                line.has(3) ? line.path(3).asText() : null,
                Duration.ofMillis(line.path(1).asLong())));
      }
      return new Delivery(
          node.has("settled") ? Delivery.Settled.valueOf(node.path("settled").asText()) : null,
          node.path("failures").asInt(),
          time(node, "next", createdAt),
          node.path("reports").asInt(),
          node.path("told").asInt(),
          time(node, "telling", createdAt),
          attempts);
    } catch (JsonProcessingException e) {
      throw new StoreException("A job's delivery is not the JSON that it should be.", e);
    }
  }

  private static void putCount(ObjectNode node, String name, int value) {
    if (value != 0) {
      node.put(name, value);
    }
  }

  private static void putTime(
      ObjectNode node, String name, @Nullable Instant value, Instant createdAt) {
    if (value != null) {
      node.put(name, value.toEpochMilli() - createdAt.toEpochMilli());
    }
  }

  private static @Nullable Instant time(JsonNode node, String name, Instant createdAt) {
    return node.has(name) ? createdAt.plusMillis(node.path(name).asLong()) : null;
  }
}
