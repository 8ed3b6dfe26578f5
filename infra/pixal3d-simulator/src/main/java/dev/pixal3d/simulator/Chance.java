package dev.pixal3d.simulator;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The seeded chance behind the settings that are fractions. */
final class Chance {
  private RandomGenerator random;

  Chance(long seed) {
    random = generator(seed);
  }

  synchronized void restart(long seed) {
    random = generator(seed);
  }

  /** True for the given part of the calls: at 0 never, at 1 always. */
  synchronized boolean happens(double fraction) {
    return random.nextDouble() < fraction;
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.getDefault().create(seed);
  }
}
