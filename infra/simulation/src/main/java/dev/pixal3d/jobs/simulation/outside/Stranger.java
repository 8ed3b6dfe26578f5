package dev.pixal3d.jobs.simulation.outside;

import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import java.util.random.RandomGenerator;

/** Someone who has learned a little and makes callbacks up. */
public final class Stranger {
  private static final long LONGEST_PAUSE_MILLIS = 1_200_000;

  private final World world;
  private final SimulatedPixal3d pixal3d;

  public Stranger(World world, SimulatedPixal3d pixal3d) {
    this.world = world;
    this.pixal3d = pixal3d;
  }

  /** All that the stranger does, as a process. */
  public void run() {
    RandomGenerator malice = world.chance().of("malice");
    while (world.now() < world.faults().endMillis()) {
      world.agenda().pause(1 + malice.nextLong(LONGEST_PAUSE_MILLIS));
      if (world.faults().strikes(Fault.FORGERY)) {
        pixal3d.forge(malice);
      }
    }
  }
}
