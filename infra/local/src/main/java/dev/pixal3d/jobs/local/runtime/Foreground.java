package dev.pixal3d.jobs.local.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets a burst of HTTP requests go before the work behind the queues. On AWS each function has a
 * processor of its own; here they share a few, and somebody waits for the requests' answers.
 */
public final class Foreground {
  /** A burst that goes on for longer no longer holds up the queues. */
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(2);

  private int openRequests;
  private long burstSince;

  synchronized void begin() {
    if (openRequests == 0) {
      burstSince = System.nanoTime();
    }
    openRequests++;
  }

  synchronized void end() {
    openRequests--;
    if (openRequests == 0) {
      notifyAll();
    }
  }

  /** Waits until no request is open, or until requests have been open for too long. */
  synchronized void giveWay() throws InterruptedException {
    while (openRequests > 0) {
      long patience = MOST_PATIENCE.toNanos() - (System.nanoTime() - burstSince);
      if (patience <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, patience);
    }
  }
}
