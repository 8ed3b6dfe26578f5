package dev.pixal3d.jobs.simulation.aws;

import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.World;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The machine that a function runs on: everything that it does to the outside passes here, takes
 * time, and may be where the machine dies or stands still.
 */
public final class Sandbox {
  private static final long LONGEST_FREEZE_MILLIS = 3_600_000;

  /** About as long as leases and claims hold. */
  private static final long BRIEF_FREEZE_MILLIS = 30_000;

  private static final long LONGEST_CLOCK_ERROR_MILLIS = 90_000;
  private static final int LONGEST_WAY_MILLIS = 20;

  /** How far apart the clocks of two sandboxes may be, in milliseconds. */
  public static final long MOST_CLOCKS_APART_MILLIS = 2 * LONGEST_CLOCK_ERROR_MILLIS;

  private final World world;
  private final SimulatedTable table;
  private final String name;
  private final RandomGenerator random;
  private final long clockErrorMillis;
  private @Nullable Invocation invocation;
  private Runnable whenDead = () -> {};
  private boolean dead;

  Sandbox(World world, SimulatedTable table, String name) {
    this.world = world;
    this.table = table;
    this.name = name;
    this.random = world.chance().of(name);
    this.clockErrorMillis =
        world.faults().strikes(Fault.CLOCK_APART)
            ? world
                .faults()
                .of(Fault.CLOCK_APART)
                .nextLong(-LONGEST_CLOCK_ERROR_MILLIS, LONGEST_CLOCK_ERROR_MILLIS + 1)
            : 0;
  }

  Faults faults() {
    return world.faults();
  }

  World world() {
    return world;
  }

  /** What its program draws chance from. */
  RandomGenerator random() {
    return random;
  }

  /** Its clock, which may be wrong. */
  InstantSource clock() {
    return () -> Instant.ofEpochMilli(world.now() + clockErrorMillis);
  }

  /** The time of its clock. */
  Instant now() {
    return clock().instant();
  }

  boolean isDead() {
    return dead;
  }

  /** Begins an invocation. */
  void begin(Invocation next, Runnable listener) {
    invocation = next;
    whenDead = listener;
  }

  /** Does something to the outside: there and back take time, and before and after it may end. */
  public <T> T effect(Supplier<String> what, Supplier<T> effect) {
    suffer();
    pause(1L + random.nextInt(LONGEST_WAY_MILLIS));
    T result;
    try {
      result = effect.get();
    } catch (RuntimeException e) {
      world.tell(name, () -> what.get() + ": " + e.getMessage());
      pause(1L + random.nextInt(LONGEST_WAY_MILLIS));
      throw e;
    }
    world.tell(name, what);
    pause(1L + random.nextInt(LONGEST_WAY_MILLIS));
    suffer();
    return result;
  }

  /** Lets time pass. */
  void pause(long millis) {
    world.agenda().pause(millis);
  }

  private void suffer() {
    if (faults().strikes(Fault.CRASH)) {
      dead = true;
      whenDead.run();
      world.agenda().die();
    } else if (faults().strikes(Fault.FREEZE)) {
      boolean brief = faults().of(Fault.FREEZE).nextBoolean();
      pause(faults().lasts(Fault.FREEZE, brief ? BRIEF_FREEZE_MILLIS : LONGEST_FREEZE_MILLIS));
      world.tell(name, () -> "goes on");
    }
  }

  /** Writes an item. */
  void writes(String key, Map<String, AttributeValue> after) {
    table.write(invocation, key, after);
  }

  @Override
  public String toString() {
    return name;
  }
}
