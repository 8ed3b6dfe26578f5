package dev.pixal3d.jobs.simulation.world;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * What happens when, on simulated time: one thing after the other, in the thread that calls {@link
 * #next}. What takes time is a process, which stands still in the midst of its code while others go
 * on; one that nobody wakes any more just never goes on, as if its machine had died.
 */
public final class Agenda {
  private static final ContinuationScope PROCESSES = new ContinuationScope("processes");

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::number));
  private long nowMillis;
  private long count;
  private @Nullable Continuation current;
  private @Nullable Throwable failure;

  /**
   * @param startMillis the time at which it begins, since 1970
   */
  public Agenda(long startMillis) {
    this.nowMillis = startMillis;
  }

  private record Entry(long atMillis, long number, Runnable what) {}

  /** The time, in milliseconds since 1970. */
  public long now() {
    return nowMillis;
  }

  /** Puts something down for a time; one that has passed counts as now. */
  public void at(long millis, Runnable what) {
    entries.add(new Entry(Math.max(millis, nowMillis), count++, what));
  }

  /** Begins a process, after all else that is to happen now. */
  public void start(Runnable body) {
    startAt(nowMillis, body);
  }

  /** Begins a process at a time. */
  public void startAt(long millis, Runnable body) {
    var process = new Continuation(PROCESSES, () -> keepFailure(body));
    at(millis, () -> resume(process));
  }

  private void keepFailure(Runnable body) {
    try {
      body.run();
    } catch (Throwable e) { // Told by next().
      failure = e;
    }
  }

  private void resume(Continuation process) {
    current = process;
    process.run();
    current = null;
  }

  /**
   * Does what is next.
   *
   * @return whether there was anything
   */
  public boolean next() {
    Entry entry = entries.poll();
    if (entry == null) {
      return false;
    }
    nowMillis = entry.atMillis();
    entry.what().run();
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
    return true;
  }

  /** Lets time pass for the process that calls. */
  public void pause(long millis) {
    Continuation me = process();
    at(nowMillis + millis, () -> resume(me));
    stand();
  }

  /** The process that calls goes no further. */
  public void die() {
    process();
    stand();
    throw new IllegalStateException("Someone woke a process that had died");
  }

  /**
   * Lets the process that calls wait for a promise.
   *
   * @return what was promised; nothing if it did not come in time
   */
  public <T> Optional<T> await(Promise<T> promise, long longestMillis) {
    if (promise.value().isEmpty()) {
      Continuation me = process();
      Runnable wake =
          new Runnable() {
            private boolean done;

            @Override
            public void run() {
              if (!done) {
                done = true;
                resume(me);
              }
            }
          };
      promise.whenKept(() -> at(nowMillis, wake));
      at(nowMillis + longestMillis, wake);
      stand();
    }
    return promise.value();
  }

  private Continuation process() {
    if (current == null) {
      throw new IllegalStateException("Only a process can wait");
    }
    return current;
  }

  private static void stand() {
    if (!Continuation.yield(PROCESSES)) {
      throw new IllegalStateException("A process could not stand still");
    }
  }
}
