package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;

/** Another Pixal3D, until something is overridden. */
class ForwardingPixal3d implements Pixal3d {
  private final Pixal3d real;

  ForwardingPixal3d(Pixal3d real) {
    this.real = real;
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    return real.submit(submission);
  }

  @Override
  public StatusOutcome status(String upstreamId) {
    return real.status(upstreamId);
  }
}
