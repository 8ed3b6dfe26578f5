package dev.pixal3d.jobs.simulation.promise;

/** A promise was broken. An error, so that no handler takes it for trouble of its own. */
public final class Broken extends Error {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  Broken(Invariant invariant, String how) {
    super(invariant + ": " + how);
    this.invariant = invariant;
  }

  /** Which one. */
  public Invariant invariant() {
    return invariant;
  }
}
