package dev.pixal3d.jobs.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what was measured. */
public final class Medians {
  private Medians() {}

  /** The median of one figure of what was measured. */
  public static <T> double of(List<T> measured, ToDoubleFunction<T> figure) {
    return of(measured.stream().mapToDouble(figure).boxed().toList());
  }

  /**
   * The median.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There is no median of nothing");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
