package dev.pixal3d.jobs.simulation.world;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All chance in a run comes from one seed. Each user has a stream of its own, so that what one of
 * them draws does not change what the others do.
 */
public record Chance(long seed) {

  /** The stream of a name; asked twice, it begins anew. */
  public RandomGenerator of(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return new SplittableRandom(hash);
  }
}
