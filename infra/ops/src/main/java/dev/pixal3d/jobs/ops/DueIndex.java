package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.store.JobStore.DuePage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every job for which anything is still to happen, by the index that the sweep goes by. */
final class DueIndex {
  private static final int PAGE = 100;
  private static final Instant FAR_OFF = Instant.parse("9999-12-31T00:00:00Z");

  private DueIndex() {}

  /** What is due by then, the longest overdue first. */
  static Stream<DueJob> dueBy(Target target, Instant until) {
    return all(target, until).sorted(Comparator.comparing(DueJob::dueAt));
  }

  /** What waits for anything at all. */
  static Stream<DueJob> waiting(Target target) {
    return all(target, FAR_OFF);
  }

  private static Stream<DueJob> all(Target target, Instant until) {
    JobStore jobs = target.jobs();
    return IntStream.range(0, target.config().dueShards())
        .boxed()
        .flatMap(shard -> ofShard(jobs, shard, until));
  }

  private static Stream<DueJob> ofShard(JobStore jobs, int shard, Instant until) {
    return Stream.<@Nullable DuePage>iterate(
            jobs.findDue(shard, until, null, PAGE),
            Objects::nonNull,
            page -> next(jobs, shard, until, page))
        .filter(Objects::nonNull)
        .flatMap(page -> page.jobs().stream());
  }

  private static @Nullable DuePage next(
      JobStore jobs, int shard, Instant until, @Nullable DuePage page) {
    return page == null || page.last() == null
        ? null
        : jobs.findDue(shard, until, page.last(), PAGE);
  }
}
