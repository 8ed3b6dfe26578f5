package dev.pixal3d.jobs.bench.pipeline;

import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Pixal3D in this JVM that makes no models, and is soon done. */
record Upstream(Pixal3dSimulator simulator) implements AutoCloseable {
  static final String KEY = "upstream-key";

  static Upstream start(Path folder) throws IOException {
    return new Upstream(
        Pixal3dSimulator.start(
            new Pixal3dSimulator.Options(
                0,
                folder,
                KEY,
                SimulatorSettings.parse(
                    List.of("glb=off", "queued-seconds=0.05", "processing-seconds=0.1")))));
  }

  dev.pixal3d.jobs.local.Upstream elsewhere() {
    return new dev.pixal3d.jobs.local.Upstream.Elsewhere(simulator.baseUri(), KEY);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
