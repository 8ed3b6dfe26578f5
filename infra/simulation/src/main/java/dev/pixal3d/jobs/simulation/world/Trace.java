package dev.pixal3d.jobs.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a run, a line each. */
public final class Trace {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param kept whether lines are kept; else they are not even made
   */
  public Trace(boolean kept) {
    this.kept = kept;
  }

  void add(Supplier<String> line) {
    if (kept) {
      lines.add(line.get());
    }
  }

  /** The lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
