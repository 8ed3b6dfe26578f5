package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.JobPage;
import java.util.function.Consumer;

/** All of one client's jobs, newest first. */
final class ClientJobs {
  private static final int PAGE = 100;
  private static final int PROGRESS_EACH = 1_000;

  private ClientJobs() {}

  /** Goes through all; tells how far it is. */
  static int forEach(Target target, Printer printer, String client, Consumer<Job> consumer) {
    JobStore jobs = target.jobs();
    int seen = 0;
    RequestId before = null;
    do {
      JobPage page = jobs.findByClient(client, before, PAGE);
      for (Job job : page.jobs()) {
        consumer.accept(job);
        if (++seen % PROGRESS_EACH == 0) {
          printer.progress(seen + " jobs...");
        }
      }
      before = page.last();
    } while (before != null);
    return seen;
  }
}
