package dev.pixal3d.jobs.bench.report;

/**
 * What a figure is to reach.
 *
 * @param what the figure, in words
 * @param measured the figure
 * @param bound on which side of the limit it has to be
 * @param limit the limit, which itself is allowed
 */
public record Limit(String what, double measured, Bound bound, double limit) {
  /** A side of a limit. */
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /** The figure is not to be larger. */
  public static Limit atMost(double limit, String what, double measured) {
    return new Limit(what, measured, Bound.AT_MOST, limit);
  }

  /** The figure is not to be smaller. */
  public static Limit atLeast(double limit, String what, double measured) {
    return new Limit(what, measured, Bound.AT_LEAST, limit);
  }

  /** Whether the figure is on the right side. */
  public boolean reached() {
    return switch (bound) {
      case AT_MOST -> measured <= limit;
      case AT_LEAST -> measured >= limit;
    };
  }
}
