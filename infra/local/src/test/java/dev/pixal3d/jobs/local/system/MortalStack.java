package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local stack that is killed and comes up again, at the same address and on the same data. All
 * its queues are empty then. Its Pixal3D stands outside, goes on meanwhile and keeps count.
 */
final class MortalStack implements AutoCloseable {
  private static final String UPSTREAM_KEY = "upstream-key";

  private final Pixal3dSimulator simulator;
  private final RunningStack.Launch again;
  private final List<Long> kills = new ArrayList<>();
  private RunningStack life;

  private MortalStack(Pixal3dSimulator simulator, RunningStack.Launch launch) {
    this.simulator = simulator;
    this.life = launch.start();
    this.again = launch.with(List.of("--port", Integer.toString(life.port())));
  }

  /**
   * Brings it up for the first time.
   *
   * @param folder for all that is to survive
   * @param simulated how its Pixal3D behaves at first, each {@code name=value}
   */
  static MortalStack start(Path folder, RunningStack.Launch launch, String... simulated)
      throws IOException {
    Pixal3dSimulator simulator =
        Pixal3dSimulator.start(
            new Pixal3dSimulator.Options(
                0,
                folder.resolve("pixal3d"),
                UPSTREAM_KEY,
                SimulatorSettings.parse(List.of(simulated))));
    try {
      return new MortalStack(
          simulator,
          launch.with(
              List.of(
                  "--data", folder.resolve("data").toString(),
                  "--upstream", simulator.baseUri().toString(),
                  "--upstream-key", UPSTREAM_KEY)));
    } catch (RuntimeException | AssertionError e) {
      simulator.close();
      throw e;
    }
  }

  /** The process that runs now, or ran last. */
  RunningStack life() {
    return life;
  }

  Simulator pixal3d() {
    return new Simulator(simulator.baseUri());
  }

  /** SIGKILL. */
  void kill() {
    assertThat(life.isAlive()).as("it did not end by itself; stderr: %s", life.errors()).isTrue();
    kills.add(System.nanoTime());
    life.kill();
  }

  /** Starts it again, and waits until it is up. */
  void startAgain() {
    life = again.start();
  }

  /** Starts it again, and does not wait. */
  void beginAgain() {
    life = again.begin();
  }

  /** When it was killed, each time by {@link System#nanoTime}. */
  List<Long> kills() {
    return List.copyOf(kills);
  }

  @Override
  public void close() {
    try (simulator) {
      life.close();
    }
  }
}
