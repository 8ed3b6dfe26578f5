package dev.pixal3d.jobs.bench.pipeline;

import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Pixal3D in this JVM that makes no models, and is soon done. */
record Pixal3dNearby(Pixal3dSimulator simulator) implements AutoCloseable {
  static final String KEY = "upstream-key";

  static Pixal3dNearby start(Path folder) throws IOException {
    return new Pixal3dNearby(
        Pixal3dSimulator.start(
            new Pixal3dSimulator.Options(
                0,
                folder,
                KEY,
                SimulatorSettings.parse(
                    List.of("glb=off", "queued-seconds=0.05", "processing-seconds=0.1")))));
  }

  @Override
  public void close() {
    simulator.close();
  }
}
