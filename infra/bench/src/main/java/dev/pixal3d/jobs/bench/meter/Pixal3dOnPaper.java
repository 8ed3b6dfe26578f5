package dev.pixal3d.jobs.bench.meter;

import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Pixal3D that answers at once, with ids and addresses as long as those on Pixal3D's page. Takes
 * one job at a time.
 */
public final class Pixal3dOnPaper implements Pixal3d {
  /** What the clock shows between a submit and its answer. */
  private static final Duration SUBMIT = Duration.ofMillis(412);

  private final Meter meter;
  private final VirtualClock clock;
  private @Nullable Submission submission;
  private String id = "";
  private JobStatus status = JobStatus.QUEUED;

  Pixal3dOnPaper(Meter meter, VirtualClock clock) {
    this.meter = meter;
    this.clock = clock;
  }

  @Override
  public SubmitOutcome submit(Submission submitted) {
    meter.add(new Metered.OutsideRequest(meter.function(), "submit"));
    clock.advance(SUBMIT);
    submission = submitted;
    id = "pixal3d_" + UUID.randomUUID();
    status = JobStatus.PROCESSING;
    return new SubmitOutcome.Accepted(id);
  }

  @Override
  public StatusOutcome status(String upstreamId) {
    meter.add(new Metered.OutsideRequest(meter.function(), "status"));
    boolean completed = status == JobStatus.COMPLETED;
    return new StatusOutcome.Answered(
        new Report(
            upstreamId,
            status,
            null,
            completed ? new Output(List.of(mediaUrl()), "model/glb") : null,
            completed ? clock.instant() : null));
  }

  /** The model is made. */
  public void complete() {
    status = JobStatus.COMPLETED;
  }

  /** Where it reports about the job that it took last. */
  public URI callbackUrl() {
    if (submission == null) {
      throw new IllegalStateException("Nothing was submitted");
    }
    return submission.callbackUrl();
  }

  /** What it reports about that job. */
  public String report() {
    boolean completed = status == JobStatus.COMPLETED;
    return """
    {"request_id":"%s","status":"%s","model_id":"pixal3d","error":null,"output":%s,\
    "created_at":"%s","updated_at":"%s","completed_at":%s}\
    """
        .formatted(
            id,
            status,
            completed
                ? "{\"media_url\":[\"" + mediaUrl() + "\"],\"media_type\":\"model/glb\"}"
                : "null",
            clock.instant(),
            clock.instant(),
            completed ? "\"" + clock.instant() + "\"" : "null");
  }

  private String mediaUrl() {
    return "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/v1/" + id + "/output.glb";
  }
}
