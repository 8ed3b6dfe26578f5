package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.SEED;

import java.time.Duration;
import java.util.Map;

/** The settings as they are at the moment, and the chance that goes by them. */
final class LiveSettings {
  private volatile SimulatorSettings current;
  private final Chance chance;

  LiveSettings(SimulatorSettings initial) {
    this.current = initial;
    this.chance = new Chance(initial.get(SEED));
  }

  SimulatorSettings current() {
    return current;
  }

  synchronized SimulatorSettings change(Map<String, String> changes) {
    current = current.with(changes);
    if (changes.containsKey(SEED.name())) {
      chance.restart(current.get(SEED));
    }
    return current;
  }

  <T> T get(Setting<T> setting) {
    return current.get(setting);
  }

  Duration duration(Setting<Double> seconds) {
    return Duration.ofNanos(Math.round(get(seconds) * 1e9));
  }

  boolean happens(Setting<Double> fraction) {
    return chance.happens(get(fraction));
  }
}
