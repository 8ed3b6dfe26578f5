package dev.pixal3d.simulator;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.Pixal3dSimulator.Options;
import dev.pixal3d.simulator.glb.Pictures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A quick simulator, the world around it and a client, each on a port of its own. */
record Rig(LocalServer world, Pixal3dSimulator simulator, GatewayClient client)
    implements AutoCloseable {

  /** Without waiting times, unless the settings ask for them. */
  static Rig start(Path folder, String... settings) throws IOException {
    return start(folder, LocalServer.start(), settings);
  }

  static Rig start(Path folder, LocalServer world, String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("queued-seconds=0", "processing-seconds=0", "callback-retry-seconds=0.01"));
    all.addAll(List.of(settings));
    Pixal3dSimulator simulator =
        Pixal3dSimulator.start(
            new Options(0, folder, GatewayClient.KEY, SimulatorSettings.parse(all)));
    return new Rig(world, simulator, GatewayClient.of(simulator));
  }

  /** Where there is a good image. */
  URI image() {
    return world.serve("/image.png", Pictures.gradient(24, 16, "png"));
  }

  /** Submits a good image; the id of the job. */
  String submitted(String... headers) {
    return client.submit(Map.of("image_url", image()), headers).text("request_id");
  }

  /** What the status endpoint says once the job has ended. */
  JsonNode ended(String requestId) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> client.status(requestId).json(),
            report -> !List.of("QUEUED", "PROCESSING").contains(report.path("status").asText()));
  }

  /** The callbacks of a job, once there are as many. */
  List<JsonNode> callbacks(int count) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> List.copyOf(world.callbacks()), callbacks -> callbacks.size() >= count);
  }

  /** The one job there is, as the simulator's own endpoint shows it. */
  JsonNode seenJob() {
    return client.get("/simulator/jobs").json().path(0);
  }

  JsonNode stats() {
    return client.get("/simulator/stats").json();
  }

  @Override
  public void close() {
    simulator.close();
    world.close();
  }
}
