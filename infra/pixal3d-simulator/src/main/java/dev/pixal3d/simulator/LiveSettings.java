package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.SEED;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The settings as they are at the moment, and the seeded chance that goes by them. */
final class LiveSettings {
  /** One for each fraction, so that callbacks do not disturb the sequence of the submits. */
  private final Map<String, RandomGenerator> chances = new HashMap<>();

  private volatile SimulatorSettings current;

  LiveSettings(SimulatorSettings initial) {
    this.current = initial;
  }

  SimulatorSettings current() {
    return current;
  }

  synchronized SimulatorSettings change(Map<String, String> changes) {
    current = current.with(changes);
    if (changes.containsKey(SEED.name())) {
      chances.clear();
    }
    return current;
  }

  <T> T get(Setting<T> setting) {
    return current.get(setting);
  }

  Duration duration(Setting<Double> seconds) {
    return Duration.ofNanos(Math.round(get(seconds) * 1e9));
  }

  /** True for that part of the calls: at 0 never, at 1 always. */
  synchronized boolean happens(Setting<Double> fraction) {
    return chances
            .computeIfAbsent(fraction.name(), name -> new Random(get(SEED) ^ name.hashCode()))
            .nextDouble()
        < get(fraction);
  }
}
