package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.simulation.world.Strike;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param jobs how many were accepted
 * @param struck what went wrong
 * @param steps how many there were
 * @param invocations how many times functions were called
 * @param failure what was broken; null if everything held
 * @param trace what happened, if it was kept
 */
public record Outcome(
    long seed,
    int jobs,
    List<Strike> struck,
    long steps,
    long invocations,
    @Nullable Throwable failure,
    List<String> trace) {
  public Outcome {
    struck = List.copyOf(struck);
    trace = List.copyOf(trace);
  }
}
