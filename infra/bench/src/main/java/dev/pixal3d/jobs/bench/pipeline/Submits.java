package dev.pixal3d.jobs.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.bench.meter.ReferenceJob;
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
            .POST(HttpRequest.BodyPublishers.ofString(ReferenceJob.BODY))
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
