package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate in memory, held to the same contract as the one in DynamoDB. */
public final class InMemoryGateStore implements GateStore {
  private @Nullable Gate gate;

  @Override
  public synchronized Optional<Gate> load() {
    return Optional.ofNullable(gate);
  }

  @Override
  public synchronized boolean save(@Nullable Gate before, Gate after) {
    if (!isStill(before)) {
      return false;
    }
    gate = after.ofVersion(after.versionAfter(before));
    return true;
  }

  @Override
  public synchronized boolean open(Gate before) {
    if (!isStill(before)) {
      return false;
    }
    gate = null;
    return true;
  }

  private boolean isStill(@Nullable Gate before) {
    Gate there = gate;
    return there == null ? before == null : before != null && there.version() == before.version();
  }
}
