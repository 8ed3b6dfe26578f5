package dev.pixal3d.jobs.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one thing.
 *
 * @param name the thing
 * @param figures by their names, which end with their units ({@code oursMillis}), in the order in
 *     which they are shown
 */
public record Row(String name, Map<String, Double> figures) {
  public Row {
    figures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Without figures yet. */
  public static Row of(String name) {
    return new Row(name, Map.of());
  }

  /**
   * A figure of it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double figure(String figure) {
    Double value = figures.get(figure);
    if (value == null) {
      throw new IllegalArgumentException(name + " has no " + figure + ", but " + figures.keySet());
    }
    return value;
  }

  /** With a figure more. */
  public Row with(String figure, double value) {
    var all = new LinkedHashMap<>(figures);
    all.put(figure, value);
    return new Row(name, all);
  }
}
