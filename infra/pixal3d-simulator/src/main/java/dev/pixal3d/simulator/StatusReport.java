package dev.pixal3d.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the status endpoint answers and callbacks carry. As on the page, {@code created_at} is in
 * ISO-8601 with milliseconds and the two others are in the form {@code 2026-05-22 13:19:23} (UTC).
 */
record StatusReport(
    String requestId,
    JobStatus status,
    String modelId,
    @Nullable String error,
    @Nullable Output output,
    String createdAt,
    String updatedAt,
    @Nullable String completedAt) {
  private static final DateTimeFormatter WITH_MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter WITH_SPACE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The page's {@code output}. */
  record Output(@JsonProperty("media_url") List<String> mediaUrls, String mediaType) {}

  /**
   * A job as it stands.
   *
   * @param mediaBase what stands before the path of its GLB
   */
  static StatusReport of(Job job, String mediaBase) {
    Instant completedAt = job.completedAt();
    return new StatusReport(
        job.requestId(),
        job.status(),
        "pixal3d",
        job.error(),
        job.output() == null
            ? null
            : new Output(
                List.of("%s/media/v1/%s/output.glb".formatted(mediaBase, job.requestId())),
                "model/glb"),
        WITH_MILLIS.format(job.createdAt()),
        WITH_SPACE.format(job.updatedAt()),
        completedAt == null ? null : WITH_SPACE.format(completedAt));
  }
}
