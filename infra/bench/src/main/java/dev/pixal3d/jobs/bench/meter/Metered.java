package dev.pixal3d.jobs.bench.meter;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Something that AWS asks money for. */
public sealed interface Metered {
  /** What brings messages to functions: Lambda's pollers, which ask SQS in our name. */
  String EVENT_SOURCE = "event source";

  /** On whose behalf: a function's name as {@code submit}, or {@link #EVENT_SOURCE}. */
  String function();

  /**
   * A request to the table, and what it consumed.
   *
   * @param operation as DynamoDB calls it
   * @param item what kind of item or index it was about: {@code job}, {@code gate}
   * @param writes whether the units are those of writes
   * @param tableUnits consumed by the table itself, in write or read units
   * @param indexUnits consumed by each index that it touched
   */
  record TableRequest(
      String function,
      String operation,
      String item,
      boolean writes,
      double tableUnits,
      SortedMap<String, Double> indexUnits)
      implements Metered {
    public TableRequest {
      indexUnits = Collections.unmodifiableSortedMap(new TreeMap<>(indexUnits));
    }

    /** All units together. */
    public double units() {
      return tableUnits + indexUnits.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** As in {@code submit: PutItem of job (table 1, by_client 1, due 1)}. */
    @Override
    public String toString() {
      String indexes =
          indexUnits.entrySet().stream()
              .map(index -> ", " + index.getKey() + " " + number(index))
              .collect(Collectors.joining());
      return "%s: %s of %s (table %s%s)"
          .formatted(function, operation, item, shown(tableUnits), indexes);
    }

    private static String number(Map.Entry<String, Double> index) {
      return shown(index.getValue());
    }

    private static String shown(double units) {
      return units == Math.rint(units)
          ? String.format(Locale.ROOT, "%.0f", units)
          : Double.toString(units);
    }
  }

  /**
   * A request to SQS.
   *
   * @param operation as SQS calls it
   * @param queue its name in the template
   */
  record QueueRequest(String function, String operation, String queue) implements Metered {}

  /**
   * A request to somebody else, which is waited for.
   *
   * @param to what for: {@code submit}, {@code status} or {@code webhook}
   */
  record OutsideRequest(String function, String to) implements Metered {}

  /** A call of a function; what it asks for stands after it. */
  record Invocation(String function) implements Metered {}

  /**
   * A request to the API.
   *
   * @param route as in the template
   */
  record ApiRequest(String function, String route) implements Metered {}
}
