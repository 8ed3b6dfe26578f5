package dev.pixal3d.jobs.bench.meter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A time that goes on only when it is told to; begins now. */
public final class VirtualClock implements InstantSource {
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  VirtualClock() {}

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Lets time pass until then; a time that has passed changes nothing. */
  void advanceTo(Instant then) {
    now = then.isAfter(now) ? then : now;
  }
}
