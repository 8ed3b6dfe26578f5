package dev.pixal3d.jobs.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One word from Pixal3D about a job: the body of a callback or of a status answer, read.
 *
 * @param upstreamId Pixal3D's own {@code request_id}; never ours
 * @param status what Pixal3D says
 * @param error its words on a failure, if it gave any
 * @param output what it made, if anything
 * @param completedAt when it says that the job ended, if it said so in a form that could be read
 */
public record Report(
    String upstreamId,
    JobStatus status,
    @Nullable String error,
    @Nullable Output output,
    @Nullable Instant completedAt) {}
