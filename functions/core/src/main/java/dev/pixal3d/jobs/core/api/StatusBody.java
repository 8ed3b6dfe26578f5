package dev.pixal3d.jobs.core.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Output;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What clients are told of a job, member for member as on Pixal3D's page. */
public final class StatusBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String MODEL_ID = "pixal3d";

  /** ISO-8601, UTC, always with milliseconds. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private StatusBody() {}

  /** The answer to a submit ("Response"). The same for the first answer and for its repeats. */
  public static String accepted(Job job) {
    return JSON.objectNode()
        .put("request_id", job.id().value())
        .put("status", "QUEUED")
        .put("polling_url", job.order().publicUrl() + "/v2/requests/status/" + job.id().value())
        .toString();
  }

  /** The answer of the status endpoint ("Response (Completed)"). */
  public static String status(Job job) {
    ObjectNode body =
        JSON.objectNode()
            .put("request_id", job.id().value())
            .put("status", job.status().name())
            .put("model_id", MODEL_ID)
            .put("error", job.error());
    body.set("output", output(job.output()));
    return body.put("created_at", timestamp(job.createdAt()))
        .put("updated_at", timestamp(job.updatedAt()))
        .put("completed_at", timestamp(job.completedAt()))
        .toString();
  }

  private static @Nullable ObjectNode output(@Nullable Output output) {
    if (output == null) {
      return null;
    }
    ArrayNode urls = JSON.arrayNode();
    output.mediaUrls().forEach(urls::add);
    ObjectNode node = JSON.objectNode();
    node.set("media_url", urls);
    return node.put("media_type", output.mediaType());
  }

  private static @Nullable String timestamp(@Nullable Instant instant) {
    return instant == null ? null : TIMESTAMP.format(instant);
  }
}
