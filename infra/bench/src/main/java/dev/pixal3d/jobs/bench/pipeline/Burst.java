package dev.pixal3d.jobs.bench.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work many times, by several threads at once. */
final class Burst {
  /** How often. */
  static final int TIMES = 800;

  /** By how many threads. */
  static final int THREADS = 8;

  private Burst() {}

  /** Does the work. */
  static List<String> of(Callable<String> work) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      var results = new ArrayList<String>();
      for (Future<String> result : threads.invokeAll(Collections.nCopies(TIMES, work))) {
        results.add(result.get());
      }
      return results;
    }
  }

  /** Does the work, and tells how often a second. */
  static double eachSecond(Callable<String> work) throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    var _ = of(work);
    return perSecond(begin);
  }

  /** How often a second it was done since then ({@link System#nanoTime}). */
  static double perSecond(long begin) {
    return TIMES * 1e9 / (System.nanoTime() - begin);
  }
}
