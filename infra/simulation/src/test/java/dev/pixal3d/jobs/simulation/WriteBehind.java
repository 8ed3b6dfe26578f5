package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.JobStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Saves a job when it is looked at or saved the next time: what follows from a save comes first.
 */
final class WriteBehind extends ForwardingJobStore {
  private @Nullable Job before;
  private @Nullable Job after;

  WriteBehind(JobStore real) {
    super(real);
  }

  @Override
  public Optional<Job> load(RequestId id) {
    flush();
    return super.load(id);
  }

  @Override
  public Saved save(Job newBefore, Job newAfter) {
    flush();
    before = newBefore;
    after = newAfter;
    return new Saved.Won(newAfter.ofVersion(newBefore.version() + 1));
  }

  private void flush() {
    if (before != null && after != null) {
      var _ = super.save(before, after);
    }
    before = null;
    after = null;
  }
}
