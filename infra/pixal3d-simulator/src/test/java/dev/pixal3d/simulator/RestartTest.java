package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.Pixal3dSimulator.Options;
import dev.pixal3d.simulator.glb.Pictures;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a simulator. */
final class RestartTest {
  @TempDir private Path folder;
  private LocalServer world;

  @BeforeEach
  void start() throws IOException {
    world = LocalServer.start();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** Runs a simulator of its own, prints its URL and waits to be killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      Pixal3dSimulator simulator =
          Pixal3dSimulator.start(
              new Options(
                  0,
                  Path.of(arguments[0]),
                  GatewayClient.KEY,
                  SimulatorSettings.parse(List.of("queued-seconds=0", "processing-seconds=3600"))));
      System.out.println(simulator.baseUri());
      Thread.currentThread().join();
    }
  }

  @Test
  void a_killed_process_loses_no_job_that_it_answered_for() throws Exception {
    URI image = world.serve("/image.png", Pictures.gradient(24, 16, "png"));
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> answered = new ArrayList<>();
    try (BufferedReader output = victim.inputReader()) {
      GatewayClient client = new GatewayClient(URI.create(output.readLine()), GatewayClient.KEY);
      for (int job = 0; job < 20; job++) {
        answered.add(
            client
                .submit(Map.of("image_url", image), "X-Webhook-URL", world.hook().toString())
                .text("request_id"));
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }

    try (Rig rig = Rig.start(folder, world)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(world.callbacks()).hasSize(20));
      assertThat(world.callbacks())
          .extracting(callback -> callback.path("request_id").asText())
          .containsExactlyInAnyOrderElementsOf(answered);
      assertThat(world.callbacks())
          .extracting(callback -> callback.path("status").asText())
          .containsOnly("COMPLETED");
      assertThat(rig.stats().path("charged").asInt()).isEqualTo(20);
    }
  }

  @Test
  void a_finished_job_stays_as_it_was() throws IOException {
    String requestId;
    JsonNode before;
    try (Pixal3dSimulator first = simulator()) {
      GatewayClient client = GatewayClient.of(first);
      requestId =
          client.submit(Map.of("image_url", "http://127.0.0.1:1/none.png")).text("request_id");
      before =
          await()
              .until(
                  () -> client.status(requestId).json(),
                  report -> report.path("status").asText().equals("FAILED"));
    }

    try (Pixal3dSimulator second = simulator()) {
      assertThat(GatewayClient.of(second).status(requestId).json()).isEqualTo(before);
    }
  }

  @Test
  void a_callback_that_was_still_owed_is_sent() throws IOException {
    try (Pixal3dSimulator first = simulator("callbacks=late", "callback-delay-seconds=3600")) {
      GatewayClient client = GatewayClient.of(first);
      String requestId =
          client
              .submit(
                  Map.of("image_url", "http://127.0.0.1:1/none.png"),
                  "X-Webhook-URL",
                  world.hook().toString())
              .text("request_id");
      await().until(() -> client.status(requestId).text("status").equals("FAILED"));
    }
    assertThat(world.callbacks()).isEmpty();

    try (Pixal3dSimulator _ = simulator()) {
      await().until(() -> world.callbacks().size() == 1);
    }
  }

  @Test
  void a_job_under_way_is_neither_failed_nor_lost_by_an_orderly_end() throws IOException {
    String requestId;
    try (Pixal3dSimulator first = simulator("processing-seconds=3600")) {
      requestId =
          GatewayClient.of(first)
              .submit(Map.of("image_url", world.serve("/a.png", Pictures.disc(20))))
              .text("request_id");
    }

    try (Pixal3dSimulator second = simulator("processing-seconds=0")) {
      await()
          .until(
              () -> GatewayClient.of(second).status(requestId).text("status").equals("COMPLETED"));
    }
  }

  @Test
  void a_file_that_is_no_job_is_named() throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(folder.resolve("jobs").resolve("broken.json"), "{");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::simulator)
        .withMessageContaining("broken.json is no job of the Pixal3D simulator");
  }

  @Test
  void a_port_that_is_taken_is_named() {
    int port = world.hook().getPort();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            Pixal3dSimulator.start(new Options(port, folder, "key", SimulatorSettings.defaults())))
        .withMessageStartingWith("The Pixal3D simulator cannot listen on port " + port);
  }

  private Pixal3dSimulator simulator(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of("queued-seconds=0", "processing-seconds=0"));
    all.addAll(List.of(settings));
    return Pixal3dSimulator.start(
        new Options(0, folder, GatewayClient.KEY, SimulatorSettings.parse(all)));
  }
}
