package dev.pixal3d.jobs.core.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults found so far. Lists the first ones and counts the rest. */
final class Faults {
  /** More than this helps nobody, and keeps the answer to a hostile request small. */
  static final int MAX_LISTED = 50;

  private final List<Fault> listed = new ArrayList<>();
  private int unlisted;

  void add(String field, String message) {
    add(field, () -> message);
  }

  /** Adds a fault whose message is dear to make: it is only made if the fault is listed. */
  void add(String field, Supplier<String> message) {
    if (listed.size() < MAX_LISTED) {
      listed.add(new Fault(Excerpt.of(field), message.get()));
    } else {
      unlisted++;
    }
  }

  boolean isEmpty() {
    return listed.isEmpty();
  }

  /** The listed faults, and a last one that tells how many were left out. */
  List<Fault> toList() {
    List<Fault> all = new ArrayList<>(listed);
    if (unlisted > 0) {
      all.add(new Fault("body", "has " + unlisted + " more faults that are not listed here"));
    }
    return List.copyOf(all);
  }
}
