package dev.pixal3d.jobs.core.gate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the one gate. No gate kept means: open. */
public interface GateStore {

  /** The gate, if it is not open. May be a moment old. */
  Optional<Gate> load();

  /**
   * Saves the gate if it still is the one that was read.
   *
   * @param before what was read; null if there was none
   * @param after what to save; its version is set by the store
   * @return whether it was saved
   */
  boolean save(@Nullable Gate before, Gate after);

  /**
   * Opens the gate if it still is the one that was read.
   *
   * @return whether it was opened
   */
  boolean open(Gate before);
}
