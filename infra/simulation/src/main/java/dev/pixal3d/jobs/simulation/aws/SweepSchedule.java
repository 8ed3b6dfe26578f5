package dev.pixal3d.jobs.simulation.aws;

import dev.pixal3d.jobs.embedded.ScheduleResource;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The schedule that has what is due swept. A sweep that could find nothing, by any clock, changes
 * nothing; it is left out, so that a simulated night takes no time.
 */
final class SweepSchedule {
  private static final long NEVER = Long.MAX_VALUE;

  private final World world;
  private final SimulatedTable table;
  private final ScheduleResource resource;
  private final SimulatedQueue queue;
  private final long rateMillis;
  private long nextAt = NEVER;

  SweepSchedule(
      World world, SimulatedTable table, ScheduleResource resource, SimulatedQueue queue) {
    this.world = world;
    this.table = table;
    this.resource = resource;
    this.queue = queue;
    this.rateMillis = resource.rate().toMillis();
    table.onDue((dueAt, _) -> planFor(dueAt));
  }

  private void planFor(@Nullable Long dueAt) {
    if (dueAt == null) {
      return;
    }
    long earliest = Math.max(world.now(), dueAt - Sandbox.MOST_CLOCKS_APART_MILLIS);
    long at = (earliest / rateMillis + 1) * rateMillis;
    if (at < nextAt) {
      nextAt = at;
      world.agenda().at(at, () -> sweep(at));
    }
  }

  private void sweep(long plannedAt) {
    if (plannedAt != nextAt) {
      return;
    }
    nextAt = NEVER;
    if (world.faults().strikes(Fault.SWEEP_LEFT_OUT)) {
      world.tell(resource.logicalId(), () -> "leaves a sweep out");
    } else {
      queue.send(resource.input(), 0);
      if (world.faults().strikes(Fault.SWEEP_DOUBLED)) {
        queue.send(resource.input(), 0);
      }
    }
    planFor(table.earliestDue());
  }
}
