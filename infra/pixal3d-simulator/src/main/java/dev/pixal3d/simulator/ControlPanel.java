package dev.pixal3d.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulator's own endpoints, for tests and people: what it does, and how that is changed. */
final class ControlPanel {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final JobStore store;
  private final LiveSettings settings;
  private final Statistics statistics;

  ControlPanel(JobStore store, LiveSettings settings, Statistics statistics) {
    this.store = store;
    this.settings = settings;
    this.statistics = statistics;
  }

  /** GET /simulator/settings. */
  Reply settings() {
    return Reply.json(200, settings.current().values());
  }

  /** PATCH /simulator/settings: an object of some settings; answers all. */
  Reply change(HttpExchange exchange) throws IOException {
    try {
      return Reply.json(200, settings.change(changes(exchange)).values());
    } catch (IllegalArgumentException e) {
      return Reply.error(400, "Bad Request", String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      return Reply.error(400, "Bad Request", "The body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> changes(HttpExchange exchange) throws IOException {
    JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
    if (!body.isObject()) {
      throw new IllegalArgumentException("The body must be a JSON object of settings");
    }
    Map<String, String> changes = new LinkedHashMap<>();
    body.properties().forEach(entry -> changes.put(entry.getKey(), entry.getValue().asText()));
    return changes;
  }

  /** GET /simulator/jobs: all there are, the oldest first. */
  Reply jobs() {
    return Reply.json(200, store.all().stream().map(SeenJob::of).toList());
  }

  /** GET /simulator/stats: jobs of all times, and what was counted since the start. */
  Reply stats() {
    List<Job> jobs = store.all();
    Map<String, Number> stats = new LinkedHashMap<>();
    stats.put("jobs", jobs.size());
    stats.put("charged", jobs.stream().filter(Job::charged).count());
    stats.putAll(statistics.values());
    return Reply.json(200, stats);
  }

  /** A job for whoever looks on. */
  private record SeenJob(
      String requestId,
      JobStatus status,
      boolean charged,
      String imageUrl,
      @Nullable URI callbackUrl,
      String createdAt,
      int callbacksSent,
      boolean callbackOwed,
      JsonNode request) {

    static SeenJob of(Job job) {
      return new SeenJob(
          job.requestId(),
          job.status(),
          job.charged(),
          job.request().path("image_url").asText(),
          Optional.ofNullable(job.webhook()).map(Webhook::url).orElse(null),
          job.createdAt().toString(),
          job.callbacksSent(),
          job.callbackOwed(),
          job.request());
    }
  }
}
