package dev.pixal3d.jobs.fuzz;

import java.util.List;
import java.util.SortedMap;

/**
 * What came of all inputs to one target.
 *
 * @param target its name
 * @param inputs how many were sent
 * @param kinds how they were answered, and how many so
 * @param seconds how long it took
 * @param slowestMillis the longest that one took; one of more than the limit is measured again
 *     alone, and counts as its median
 * @param findings what must not be, one for each rule
 */
public record Outcome(
    String target,
    long inputs,
    SortedMap<String, Long> kinds,
    double seconds,
    double slowestMillis,
    List<Finding> findings) {}
