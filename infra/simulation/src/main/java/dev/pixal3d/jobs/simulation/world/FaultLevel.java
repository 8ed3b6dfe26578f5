package dev.pixal3d.jobs.simulation.world;

/** How much goes wrong. */
public enum FaultLevel {
  /** Nothing. */
  NONE(0),
  /** A fifth of heavy. */
  LIGHT(0.2),
  /** As each {@link Fault} says. */
  HEAVY(1);

  private final double factor;

  FaultLevel(double factor) {
    this.factor = factor;
  }

  double factor() {
    return factor;
  }
}
