package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pixal3d.simulator.GatewayClient.Answer;
import dev.pixal3d.simulator.Pixal3dSimulator.Options;
import dev.pixal3d.simulator.glb.Pictures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's own endpoints, spoken to over real sockets. */
final class GatewayTest {
  @TempDir private Path folder;
  private LocalServer world;
  private Pixal3dSimulator simulator;
  private GatewayClient client;

  @BeforeEach
  void start() throws IOException {
    world = LocalServer.start();
    simulator =
        Pixal3dSimulator.start(
            new Options(
                0,
                folder,
                GatewayClient.KEY,
                SimulatorSettings.parse(List.of("queued-seconds=0", "processing-seconds=0"))));
    client = GatewayClient.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
    world.close();
  }

  @Test
  void an_image_becomes_a_glb_that_can_be_downloaded_without_a_key() {
    URI image = world.serve("/dog.png", Pictures.gradient(64, 48, "png"));

    Answer accepted = client.submit(Map.of("image_url", image));

    assertThat(accepted.code()).isEqualTo(202);
    assertThat(accepted.text("status")).isEqualTo("QUEUED");
    assertThat(accepted.text("polling_url"))
        .isEqualTo(simulator.baseUri() + "/v2/requests/status/" + accepted.text("request_id"));
    await()
        .untilAsserted(() ->
            assertThat(client.status(accepted.text("request_id")).text("status"))
                .isEqualTo("COMPLETED"));
    String media =
        client.status(accepted.text("request_id")).json().at("/output/media_url/0").asText();
    Answer glb = new GatewayClient(simulator.baseUri(), "no key").get(URI.create(media).getPath());
    assertThat(glb.code()).isEqualTo(200);
    assertThat(new String(glb.bytes(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
  }
}
