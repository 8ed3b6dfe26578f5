package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.GatewayClient.Answer;
import dev.pixal3d.simulator.glb.Pictures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's own endpoints, spoken to over real sockets. */
final class GatewayTest {
  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void a_submit_is_accepted_with_an_id_and_where_to_poll() {
    Answer accepted = rig.client().submit(Map.of("image_url", rig.image()));

    assertThat(accepted.code()).isEqualTo(202);
    assertThat(accepted.json().fieldNames())
        .toIterable()
        .containsExactly("request_id", "status", "polling_url");
    assertThat(accepted.text("request_id"))
        .matches("pixal3d_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(accepted.text("status")).isEqualTo("QUEUED");
    assertThat(accepted.text("polling_url"))
        .isEqualTo(
            rig.simulator().baseUri() + "/v2/requests/status/" + accepted.text("request_id"));
  }

  @Test
  void an_image_becomes_a_glb_that_is_downloaded_without_a_key() {
    JsonNode report = rig.ended(rig.submitted());

    assertThat(report.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(report.at("/output/media_type").asText()).isEqualTo("model/glb");
    URI media = URI.create(report.at("/output/media_url/0").asText());
    Answer glb = new GatewayClient(rig.simulator().baseUri(), "no key").get(media.getPath());
    assertThat(glb.code()).isEqualTo(200);
    assertThat(glb.header("Content-Type")).isEqualTo("model/gltf-binary");
    assertThat(new String(glb.bytes(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
  }

  @Test
  void the_seeds_sample_request_is_taken() {
    String sample =
        """
        {
          "image_url": "%s",
          "resolution": 1024,
          "ss_guidance_strength": 7.5,
          "ss_guidance_rescale": 0.7,
          "ss_sampling_steps": 12,
          "ss_rescale_t": 5,
          "shape_slat_guidance_strength": 7.5,
          "shape_slat_guidance_rescale": 0.5,
          "shape_slat_sampling_steps": 12,
          "shape_slat_rescale_t": 3,
          "tex_slat_guidance_strength": 1,
          "tex_slat_sampling_steps": 12,
          "tex_slat_rescale_t": 3,
          "mesh_scale": 1,
          "max_num_tokens": 49152,
          "decimation_target": 200000,
          "texture_size": 2048,
          "remesh": true
        }
        """
            .formatted(rig.image());

    Answer accepted = rig.client().submit(sample);

    assertThat(accepted.code()).isEqualTo(202);
    assertThat(rig.ended(accepted.text("request_id")).path("status").asText())
        .isEqualTo("COMPLETED");
  }

  @Test
  void a_job_is_charged_once_it_is_accepted() {
    rig.submitted();

    assertThat(rig.seenJob().path("charged").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                              | image_url is required",
        "{'image_url': null}                             | image_url is required",
        "{'image_url': 5}                                | image_url must be an http or https URL",
        "{'image_url': 'ftp://a/b.png'}                  | image_url must be an http or https URL",
        "{'image_url': 'dog.png'}                        | image_url must be an http or https URL",
        "{'image_url': 'http://a b'}                     | image_url must be an http or https URL",
        "{'image_url': 'http://a/b', 'seed': 1.5}        | seed must be an integer",
        "{'image_url': 'http://a/b', 'seed': '1'}        | seed must be an integer",
        "{'image_url': 'http://a/b', 'mesh_scale': true} | mesh_scale must be a number",
        "{'image_url': 'http://a/b', 'mesh_scale': 0}    | mesh_scale must be from 0.000001 to"
            + " 1000000, not 0.0",
        "{'image_url': 'http://a/b', 'remesh': 1}        | remesh must be true or false",
        "{'image_url': 'http://a/b', 'resolution': 512}  | resolution must be one of [1024, 1536],"
            + " not 512",
        "{'image_url': 'http://a/b', 'texture_size': 1}  | texture_size must be one of [1024, 2048,"
            + " 4096], not 1",
        "{'image_url': 'http://a/b', 'decimation_target': 0} | decimation_target must be at least"
            + " 1, not 0",
        "[]                                              | The body must be a JSON object",
      })
  void a_request_that_breaks_the_table_is_answered_400(String body, String message) {
    Answer answer = rig.client().submit(body.replace('\'', '"'));

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("Bad Request");
    assertThat(answer.text("message")).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "image_url=x", "{} {}", "{\"seed\":1,\"seed\":2}"})
  void a_body_that_is_no_json_object_is_answered_400(String body) {
    assertThat(rig.client().submit(body).code()).isEqualTo(400);
  }

  @Test
  void a_body_beyond_a_mebibyte_is_answered_400() {
    assertThat(rig.client().submit(" ".repeat(1024 * 1024 + 1)).text("message"))
        .isEqualTo("The body is larger than 1048576 bytes");
  }

  @Test
  void a_wrong_key_is_answered_401_for_submit_and_status() {
    GatewayClient stranger = new GatewayClient(rig.simulator().baseUri(), "another key");
    String requestId = rig.submitted();

    for (Answer answer :
        new Answer[] {
          stranger.submit(Map.of("image_url", rig.image())), stranger.status(requestId)
        }) {
      assertThat(answer.code()).isEqualTo(401);
      assertThat(answer.text("error")).isEqualTo("Unauthorized");
    }
    assertThat(rig.stats().path("jobs").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v2/requests/status/pixal3d_019d0000-0000-7000-8000-000000000000",
        "/v2/requests/status/..%2f..%2fetc",
        "/media/v1/pixal3d_019d0000-0000-7000-8000-000000000000/output.glb",
        "/pixal3d/v1/pixal3d-request",
      })
  void what_is_not_there_is_answered_404_in_the_shape_of_errors(String path) {
    Answer answer = rig.client().get(path);

    assertThat(answer.code()).isEqualTo(404);
    assertThat(answer.text("error")).isEqualTo("Not Found");
    assertThat(answer.text("message")).isNotEmpty();
  }

  @Test
  void every_answer_says_that_it_is_a_simulators() {
    assertThat(rig.client().get("/nothing").header("X-Simulator")).isEqualTo("pixal3d");
    assertThat(rig.client().submit("").header("X-Simulator")).isEqualTo("pixal3d");
  }

  @Test
  void an_image_that_is_not_there_fails_the_job() {
    URI image = rig.world().uri("/missing.png");

    JsonNode report = endedWith(image);

    assertThat(report.path("status").asText()).isEqualTo("FAILED");
    assertThat(report.path("error").asText())
        .isEqualTo(
            "The image at %s could not be fetched: its server answered 404".formatted(image));
    assertThat(report.path("output").isNull()).isTrue();
  }

  @Test
  void an_image_on_a_server_that_is_not_there_fails_the_job() {
    URI image = URI.create("http://127.0.0.1:1/dog.png");

    assertThat(endedWith(image).path("error").asText())
        .isEqualTo(
            "The image at %s could not be fetched: its server cannot be reached".formatted(image));
  }

  @Test
  void an_image_that_is_none_fails_the_job() {
    URI image = rig.world().serve("/dog.txt", "woof".getBytes(StandardCharsets.UTF_8));

    assertThat(endedWith(image).path("error").asText())
        .isEqualTo(
            "The image at %s could not be read: it is not a PNG, JPEG, GIF, BMP or WebP picture"
                .formatted(image));
  }

  @Test
  void an_image_of_more_than_20_MiB_fails_the_job() {
    byte[] huge = Arrays.copyOf(Pictures.gradient(9, 9, "png"), 20 * 1024 * 1024 + 1);
    URI image = rig.world().serve("/huge.png", huge);

    assertThat(endedWith(image).path("error").asText())
        .isEqualTo(
            "The image at %s could not be fetched: it is larger than 20 MiB".formatted(image));
  }

  private JsonNode endedWith(URI image) {
    return rig.ended(rig.client().submit(Map.of("image_url", image)).text("request_id"));
  }
}
