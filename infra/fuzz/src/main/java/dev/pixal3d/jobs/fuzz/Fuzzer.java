package dev.pixal3d.jobs.fuzz;

import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Sends one seed's inputs to a target. Each input depends on the seed and its index only, so any of
 * them can be sent again.
 */
public final class Fuzzer {
  private static final int CHUNK = 64;
  private static final String SLOW = "takes no longer than it may";
  private static final String ENDLESS = "comes to an end";
  private static final int MEASURED_AGAIN = 5;
  private static final int MOST_ROUNDS = 3;

  /** Of inputs that seemed slow, the slowest so many are measured again. */
  private static final int MOST_SUSPECTS = 200;

  private final long seed;
  private final int threads;
  private final Duration longest;

  /**
   * @param threads how many send at a time
   * @param longest how long one input may take
   */
  public Fuzzer(long seed, int threads, Duration longest) {
    this.seed = seed;
    this.threads = threads;
    this.longest = longest;
  }

  /** One that took long beside all the others. */
  private record Suspect(long index, long nanos) {}

  /**
   * Sends inputs.
   *
   * @param from the index of the first
   * @param inputs how many
   * @param progress told of how many were sent, now and then, from any thread
   */
  public Outcome run(Target<?> target, long from, long inputs, LongConsumer progress) {
    Worker.Shared shared =
        new Worker.Shared(new AtomicLong(from), from + inputs, new AtomicLong(), progress);
    List<Worker> workers =
        LongStream.range(0, threads).mapToObj(_ -> new Worker(target, shared)).toList();
    long began = System.nanoTime();
    OptionalLong hung = runAll(workers);
    double seconds = (System.nanoTime() - began) / 1e9;

    if (hung.isPresent()) {
      return endless(target, hung.getAsLong(), shared.done().get(), seconds);
    }
    var kinds = new TreeMap<String, Long>();
    SequencedMap<String, Finding> findings = new LinkedHashMap<>();
    var suspects = new ArrayList<Suspect>();
    long slowest = 0;
    for (Worker worker : workers) {
      worker.kinds.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
      worker.failures.forEach(
          (rule, index) -> findings.computeIfAbsent(rule, _ -> shrunk(target, index, rule)));
      suspects.addAll(worker.suspects);
      slowest = Math.max(slowest, worker.slowest);
    }
    suspects.sort(Comparator.comparingLong(Suspect::nanos).reversed());
    for (Suspect suspect : suspects.stream().limit(MOST_SUSPECTS).toList()) {
      Input input = draw(target, suspect.index());
      long median = alone(target, input);
      slowest = Math.max(slowest, median);
      if (median > longest.toNanos()) {
        findings.put(SLOW, slow(target, suspect.index(), input, median));
        break;
      }
    }
    return new Outcome(
        target.name(), inputs, kinds, seconds, slowest / 1e6, List.copyOf(findings.values()));
  }

  private Outcome endless(Target<?> target, long index, long inputs, double seconds) {
    String what = "no end after " + patience().toSeconds() + " s";
    var finding = new Finding(target.name(), seed, index, draw(target, index), ENDLESS, what);
    return new Outcome(
        target.name(), inputs, new TreeMap<>(), seconds, patience().toMillis(), List.of(finding));
  }

  /** Sends one input that was given. */
  public Outcome replay(Target<?> target, Input input) {
    long median = 0;
    var kinds = new TreeMap<String, Long>();
    var findings = new ArrayList<Finding>();
    switch (Trial.of(target, input)) {
      case Trial.Failed(var rule, var what) ->
          findings.add(new Finding(target.name(), seed, -1, input, rule, what));
      case Trial.Passed(var kind, var _) -> {
        kinds.put(kind, 1L);
        median = alone(target, input);
        if (median > longest.toNanos()) {
          findings.add(slow(target, -1, input, median));
        }
      }
    }
    return new Outcome(target.name(), 1, kinds, median / 1e9, median / 1e6, findings);
  }

  /** An input. */
  public Input draw(Target<?> target, long index) {
    return target.draw(Chance.of(target.name(), seed, index));
  }

  /**
   * Runs the workers until all are done, or one hangs.
   *
   * @return the index of the input that one hangs on, if it does
   */
  private OptionalLong runAll(List<Worker> workers) {
    ExecutorService executor =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      for (Future<?> done : workers.stream().map(executor::submit).toList()) {
        while (!isDone(done)) {
          OptionalLong hung =
              workers.stream()
                  .filter(Worker::hangs)
                  .mapToLong(worker -> worker.current)
                  .findFirst();
          if (hung.isPresent()) {
            return hung;
          }
        }
      }
      return OptionalLong.empty();
    } finally {
      executor.shutdownNow();
    }
  }

  private static boolean isDone(Future<?> future) {
    try {
      future.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The fuzzer itself failed", e.getCause());
    }
  }

  private Finding shrunk(Target<?> target, long index, String rule) {
    Input input =
        Shrinker.shrunk(
            draw(target, index),
            shorter ->
                Trial.of(target, shorter) instanceof Trial.Failed failed
                    && failed.rule().equals(rule));
    String what =
        Trial.of(target, input) instanceof Trial.Failed failed
            ? failed.what()
            : rule + " (but held when the input was sent again)";
    return new Finding(target.name(), seed, index, input, rule, what);
  }

  private Finding slow(Target<?> target, long index, Input input, long medianNanos) {
    return new Finding(
        target.name(),
        seed,
        index,
        input,
        SLOW,
        "%.1f ms, the median of %d, sent alone; %d ms are allowed"
            .formatted(medianNanos / 1e6, MEASURED_AGAIN, longest.toMillis()));
  }

  /**
   * How long it takes alone: the median of five, and the least of a few medians on a busy machine.
   */
  private long alone(Target<?> target, Input input) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least > longest.toNanos(); round++) {
      least = Math.min(least, median(target, input));
    }
    return least;
  }

  private static long median(Target<?> target, Input input) {
    long[] nanos =
        LongStream.range(0, MEASURED_AGAIN)
            .map(_ -> Trial.of(target, input) instanceof Trial.Passed passed ? passed.nanos() : 0)
            .sorted()
            .toArray();
    return nanos[MEASURED_AGAIN / 2];
  }

  /** After so long an input is taken to have no end. */
  private Duration patience() {
    return longest.multipliedBy(400);
  }

  /** Sends inputs, on a thread of its own. */
  private final class Worker implements Runnable {
    private final Target<?> target;
    private final Shared shared;
    private final Map<String, Long> kinds = new TreeMap<>();
    private final SequencedMap<String, Long> failures = new LinkedHashMap<>();
    private final PriorityQueue<Suspect> suspects =
        new PriorityQueue<>(Comparator.comparingLong(Suspect::nanos));
    private long slowest;
    private volatile long current;
    private volatile long began = System.nanoTime();
    private volatile boolean done;

    /** What the workers share. */
    private record Shared(AtomicLong next, long end, AtomicLong done, LongConsumer progress) {}

    Worker(Target<?> target, Shared shared) {
      this.target = target;
      this.shared = shared;
    }

    @Override
    public void run() {
      for (long from; (from = shared.next().getAndAdd(CHUNK)) < shared.end(); ) {
        long to = Math.min(from + CHUNK, shared.end());
        for (long index = from; index < to; index++) {
          send(index);
        }
        shared.progress().accept(shared.done().addAndGet(to - from));
      }
      done = true;
    }

    boolean hangs() {
      return !done && System.nanoTime() - began > patience().toNanos();
    }

    private void send(long index) {
      current = index;
      began = System.nanoTime();
      switch (Trial.of(target, draw(target, index))) {
        case Trial.Failed(var rule, var _) -> {
          failures.putIfAbsent(rule, index);
          kinds.merge("FINDING", 1L, Long::sum);
        }
        case Trial.Passed(var kind, long nanos) -> {
          kinds.merge(kind, 1L, Long::sum);
          if (nanos > longest.toNanos()) {
            suspects.add(new Suspect(index, nanos));
            if (suspects.size() > MOST_SUSPECTS) {
              suspects.poll();
            }
          } else {
            slowest = Math.max(slowest, nanos);
          }
        }
      }
    }
  }
}
