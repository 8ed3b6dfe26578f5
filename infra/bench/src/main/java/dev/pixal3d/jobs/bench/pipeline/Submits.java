package dev.pixal3d.jobs.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client of the API. */
final class Submits {
  static final String KEY = "YOUR_API_KEY";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All 20 parameters. */
  private static final String BODY =
      """
      {
        "image_url": "https://example.com/example_inputs/dog.png",
        "seed": 42,
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
        "tex_slat_guidance_rescale": 0,
        "tex_slat_sampling_steps": 12,
        "tex_slat_rescale_t": 3,
        "mesh_scale": 1,
        "max_num_tokens": 49152,
        "decimation_target": 200000,
        "texture_size": 2048,
        "remesh": true
      }
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;

  Submits(URI api) {
    this.api = api;
  }

  /** Submits a job, and tells its id. */
  String submit() {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/pixal3d/v1/pixal3d-request"))
            .header("Ocp-Apim-Subscription-Key", KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build();
    return member("request_id", 202, request);
  }

  /** The status of a job, as its client sees it. */
  String statusOf(String id) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v2/requests/status/" + id))
            .header("Ocp-Apim-Subscription-Key", KEY)
            .build();
    return member("status", 200, request);
  }

  private String member(String name, int expected, HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != expected) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body()).path(name).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
