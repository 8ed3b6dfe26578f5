package dev.pixal3d.jobs.core.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.RequestId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients are told of a job, member for member as on Pixal3D's page. */
public final class StatusBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String MODEL_ID = "pixal3d";
  private static final URI EXAMPLE_MODEL =
      URI.create("https://pub-582b7213209642b9b995c96c95a30381.r2.dev/v1/output.glb");

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
    return node(job).toString();
  }

  static ObjectNode node(Job job) {
    return node(
        job.id(),
        job.status(),
        job.error(),
        job.output(),
        job.createdAt(),
        job.updatedAt(),
        job.completedAt());
  }

  /**
   * What a completed job looks like, for trying a webhook.
   *
   * @param id of no job that there is
   */
  public static String example(RequestId id, Instant at) {
    var output = new Output(List.of(EXAMPLE_MODEL.toString()), "model/glb");
    return node(id, JobStatus.COMPLETED, null, output, at, at, at).toString();
  }

  private static ObjectNode node(
      RequestId id,
      JobStatus status,
      @Nullable String error,
      @Nullable Output output,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant completedAt) {
    ObjectNode body =
        JSON.objectNode()
            .put("request_id", id.value())
            .put("status", status.name())
            .put("model_id", MODEL_ID)
            .put("error", error);
    body.set("output", output(output));
    return body.put("created_at", timestamp(createdAt))
        .put("updated_at", timestamp(updatedAt))
        .put("completed_at", timestamp(completedAt));
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

  static @Nullable String timestamp(@Nullable Instant instant) {
    return instant == null ? null : TIMESTAMP.format(instant);
  }
}
