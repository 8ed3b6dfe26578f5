package dev.pixal3d.jobs.local.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads for the invocations of a function, one for each. */
final class InvocationThreads implements AutoCloseable {
  private static final Duration CLOSING_GRACE = Duration.ofSeconds(1);

  private final String function;
  private final ExecutorService threads;

  InvocationThreads(String function) {
    this.function = function;
    this.threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name(function + "-", 1).factory());
  }

  /**
   * Begins an invocation.
   *
   * @throws java.util.concurrent.RejectedExecutionException after the closing
   */
  Future<?> submit(Runnable invocation) {
    return threads.submit(invocation);
  }

  /**
   * Begins an invocation that nobody will cancel.
   *
   * @throws java.util.concurrent.RejectedExecutionException after the closing
   */
  void execute(Runnable invocation) {
    threads.execute(invocation);
  }

  /** What an invocation after the closing fails with. */
  InvocationFailedException closed(Exception cause) {
    return new InvocationFailedException(function + " is being shut down", cause);
  }

  /** Takes no more; those that run get a second to end, then they are interrupted. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSING_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
