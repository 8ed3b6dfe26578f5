package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.simulation.outside.JobPlan;
import dev.pixal3d.jobs.simulation.promise.Broken;
import dev.pixal3d.jobs.simulation.world.Chance;
import dev.pixal3d.jobs.simulation.world.Strike;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a failing run small: leaves out jobs and faults for as long as the same promise stays
 * broken.
 *
 * @see <a href="https://doi.org/10.1109/32.988498">Zeller and Hildebrandt, Simplifying and
 *     Isolating Failure-Inducing Input</a>
 */
final class Shrinker {
  private static final int MOST_RUNS = 600;

  private final Simulation simulation;
  private int runs;

  Shrinker(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * The smallest run that was found to fail as this one does, with its trace.
   *
   * @param failed the outcome of a run that failed
   */
  Outcome shrink(Outcome failed) {
    List<Integer> jobs =
        Scenario.of(new Chance(failed.seed())).plans().stream().map(JobPlan::number).toList();
    Set<Strike> faults = new LinkedHashSet<>(failed.struck());
    Set<Integer> fewerJobs = smallest(jobs, some -> fails(failed, some, faults));
    Set<Strike> fewerFaults = smallest(faults, some -> fails(failed, fewerJobs, some));
    Set<Integer> fewestJobs = smallest(fewerJobs, some -> fails(failed, some, fewerFaults));
    return run(failed, fewestJobs, fewerFaults, true);
  }

  private boolean fails(Outcome failed, Set<Integer> jobs, Set<Strike> faults) {
    runs++;
    return isLike(failed, run(failed, jobs, faults, false));
  }

  private Outcome run(Outcome failed, Set<Integer> jobs, Set<Strike> faults, boolean traced) {
    Predicate<JobPlan> plans = plan -> jobs.contains(plan.number());
    return simulation.run(failed.seed(), plans, faults::contains, traced);
  }

  private static boolean isLike(Outcome failed, Outcome other) {
    if (failed.failure() instanceof Broken one && other.failure() instanceof Broken two) {
      return one.invariant() == two.invariant();
    }
    return failed.failure() != null
        && other.failure() != null
        && failed.failure().getClass() == other.failure().getClass();
  }

  /** Leaves out ever smaller parts, as long as what is left fails. */
  private <T> Set<T> smallest(Collection<T> all, Predicate<Set<T>> fails) {
    List<T> left = new ArrayList<>(all);
    for (int part = left.size(); part > 0; part = part / 2) {
      for (int from = 0; from < left.size() && runs < MOST_RUNS; ) {
        List<T> without = new ArrayList<>(left.subList(0, from));
        without.addAll(left.subList(Math.min(left.size(), from + part), left.size()));
        if (fails.test(new HashSet<>(without))) {
          left = without;
        } else {
          from += part;
        }
      }
    }
    return new LinkedHashSet<>(left);
  }
}
