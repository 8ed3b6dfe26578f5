package dev.pixal3d.jobs.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs many seeds, several at a time, each in a thread of its own. */
final class Seeds {
  private final Supplier<Simulation> simulations;
  private final int threads;

  Seeds(Supplier<Simulation> simulations, int threads) {
    this.simulations = simulations;
    this.threads = threads;
  }

  /**
   * What came of many runs.
   *
   * @param failed the runs that failed, the lowest seed first; no more than the first few
   */
  record Result(
      long runs, long jobs, long faults, long steps, long invocations, List<Outcome> failed) {
    Result {
      failed = List.copyOf(failed);
    }
  }

  /**
   * Runs seeds, and stops some time after one has failed.
   *
   * @param listener told of each run that is over, by the threads that run them
   */
  Result run(long from, long count, Consumer<Outcome> listener) throws InterruptedException {
    var next = new AtomicLong(from);
    var parts = new ArrayList<Future<Part>>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        parts.add(executor.submit(() -> part(next, from + count, listener)));
      }
      var all = new Part();
      for (Future<Part> part : parts) {
        all.add(part.get());
      }
      all.failed.sort(Comparator.comparingLong(Outcome::seed));
      return new Result(all.runs, all.jobs, all.faults, all.steps, all.invocations, all.failed);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The simulation itself failed", e.getCause());
    }
  }

  private Part part(AtomicLong next, long end, Consumer<Outcome> listener) {
    Simulation simulation = simulations.get();
    var part = new Part();
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Outcome outcome = simulation.run(seed);
      part.add(outcome);
      listener.accept(outcome);
      if (outcome.failure() != null) {
        next.set(end);
      }
    }
    return part;
  }

  private static final class Part {
    private long runs;
    private long jobs;
    private long faults;
    private long steps;
    private long invocations;
    private final List<Outcome> failed = new ArrayList<>();

    void add(Outcome outcome) {
      runs++;
      jobs += outcome.jobs();
      faults += outcome.struck().size();
      steps += outcome.steps();
      invocations += outcome.invocations();
      if (outcome.failure() != null) {
        failed.add(outcome);
      }
    }

    void add(Part other) {
      runs += other.runs;
      jobs += other.jobs;
      faults += other.faults;
      steps += other.steps;
      invocations += other.invocations;
      failed.addAll(other.failed);
    }
  }
}
