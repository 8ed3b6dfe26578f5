package dev.pixal3d.jobs.local;

import dev.pixal3d.simulator.SimulatorSettings;
import java.net.URI;

/** Who makes the models. */
public sealed interface Upstream {

  /**
   * The simulator, started with the stack.
   *
   * @param settings its pace and faults to begin with
   */
  record Simulated(SimulatorSettings settings) implements Upstream {}

  /**
   * A Pixal3D that runs elsewhere. It may charge for what it does.
   *
   * @param baseUrl without a slash at the end
   * @param key what it knows us by
   */
  record Elsewhere(URI baseUrl, String key) implements Upstream {
    @Override
    public String toString() {
      return "Elsewhere[baseUrl=" + baseUrl + "]";
    }
  }
}
