package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closes and opens the gate by hand, whatever the functions do to it at the same time. */
final class GateSwitch {
  private static final int TRIES = 20;
  private static final long PAUSE_MILLIS = 100;

  private final GateStore store;

  GateSwitch(GateStore store) {
    this.store = store;
  }

  Optional<Gate> look() {
    return store.load();
  }

  /** Closes it until {@link #open}; refused during a restore. */
  void pause(@Nullable String why, Instant now) {
    change(before -> {
      requireNotRestoring(before);
      return store.save(before, Gate.paused(why, now));
    });
  }

  /** Opens it; refused during a restore. */
  void open() {
    change(before -> {
      requireNotRestoring(before);
      return isOpened(before);
    });
  }

  /** Opens it, whatever it was closed for. */
  void openForAll() {
    change(this::isOpened);
  }

  private boolean isOpened(@Nullable Gate before) {
    return before == null || store.open(before);
  }

  /** Closes it for a restore, whatever it was. */
  void beginRestoring(String why, Instant now) {
    change(before -> store.save(before, Gate.restoring(why, now)));
  }

  /** Turns the closure for a restore into a pause. */
  void endRestoring(String why, Instant now) {
    change(before -> store.save(before, Gate.paused(why, now)));
  }

  private static void requireNotRestoring(@Nullable Gate gate) {
    if (gate != null && gate.reason() == Gate.Reason.RESTORING) {
      throw OpsException.refused(
          """
          Dispatch is closed for a restore%s. In a restored table `restore prepare` has to end first; if it was broken off, run it again.
          A table whose jobs another one has taken over stays closed, for they would be paid twice. Only if that other one will never be used: dispatch resume --abandon-restore\
          """
              .formatted(gate.why() == null ? "" : ": " + gate.why()));
    }
  }

  /** One change of the gate. */
  private interface Change {
    /** Whether it was made, and not lost to someone else's. */
    boolean of(@Nullable Gate before);
  }

  private void change(Change change) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (change.of(store.load().orElse(null))) {
        return;
      }
      pause(); // The gate is read as it was a moment ago.
    }
    throw OpsException.refused(
        "The gate is changed again and again by someone else; nothing was done. Try again.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OpsException.didNotWork("Interrupted", e);
    }
  }
}
