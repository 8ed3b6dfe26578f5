package dev.pixal3d.jobs.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.bench.meter.ReferenceJob;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A client of the API. */
final class Submits {
  static final String KEY = "YOUR_API_KEY";

  private static final Map<String, String> HEADERS = Map.of("Ocp-Apim-Subscription-Key", KEY);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;

  Submits(URI api) {
    this.api = api;
  }

  /** Submits a job, and tells its id. */
  String submit() throws IOException {
    URI url = api.resolve("/pixal3d/v1/pixal3d-request");
    return member("request_id", 202, HttpNearby.post(url, HEADERS, ReferenceJob.BODY));
  }

  /** The status of a job, as its client sees it. */
  String statusOf(String id) throws IOException {
    URI url = api.resolve("/v2/requests/status/" + id);
    return member("status", 200, HttpNearby.get(url, HEADERS));
  }

  private static String member(String name, int expected, HttpNearby.Answer answer)
      throws IOException {
    if (answer.status() != expected) {
      throw new IOException("%d instead of %d: %s".formatted(answer.status(), expected, answer));
    }
    return JSON.readTree(answer.body()).path(name).asText();
  }
}
