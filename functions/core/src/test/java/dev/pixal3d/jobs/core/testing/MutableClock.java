package dev.pixal3d.jobs.core.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class MutableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-05-22T13:17:32.110Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}
