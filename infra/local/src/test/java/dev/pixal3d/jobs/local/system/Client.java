package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A client of the API, who knows of it what its page tells. Every answer is held to
 * infra/openapi.yaml.
 */
public record Client(URI api, String key) {
  static final String SUBMIT_PATH = "/pixal3d/v1/pixal3d-request";
  static final String KEY_HEADER = "Ocp-Apim-Subscription-Key";
  private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "ERROR", "CANCELLED");
  private static final String REQUEST = "{\"image_url\": \"https://example.com/dog.png\"}";

  /** Submits a picture that nobody fetches. */
  Answer submit(String... headers) {
    return submitBody(REQUEST, headers);
  }

  Answer submitBody(String json, String... headers) {
    return send(submissionOf(json, headers));
  }

  /** A submit that is yet to be sent. */
  HttpRequest submission(String... headers) {
    return submissionOf(REQUEST, headers);
  }

  /** A submit of this body that is yet to be sent. */
  HttpRequest submissionOf(String json, String... headers) {
    HttpRequest.Builder request =
        request(SUBMIT_PATH)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** Submits a picture that nobody fetches; the id of the job, which was taken. */
  String submitted(String... headers) {
    Answer answer = submit(headers);
    assertThat(answer.code()).as(answer.body()).isEqualTo(202);
    return answer.text("request_id");
  }

  /** Submits as often as that, from eight threads at once. */
  List<String> submitted(int jobs) {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<String>> ids =
          IntStream.range(0, jobs).mapToObj(_ -> threads.submit(() -> submitted())).toList();
      return ids.stream().map(Client::result).toList();
    }
  }

  private static String result(Future<String> submitted) {
    try {
      return submitted.get();
    } catch (ExecutionException e) {
      throw new AssertionError("A submit failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while submitting", e);
    }
  }

  /** What the API says of a job. */
  JsonNode status(String requestId) {
    Answer answer = get("/v2/requests/status/" + requestId);
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** The ids of all jobs that the API lists. */
  List<String> listed() {
    var ids = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = get("/v2/requests?limit=100" + cursor).json();
      ids.addAll(page.path("requests").findValuesAsText("request_id"));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return ids;
  }

  /** What the API says of telling about a job. */
  String webhook(String requestId, String member) {
    JsonNode timeline = get("/v2/requests/" + requestId + "/timeline").json();
    return timeline.path("webhook").path(member).asText();
  }

  /** What the API says that happened to a job, oldest first. */
  List<String> events(String requestId) {
    JsonNode timeline = get("/v2/requests/" + requestId + "/timeline").json();
    return timeline.path("events").findValuesAsText("event");
  }

  Answer get(String path) {
    return send(request(path).build());
  }

  /** Sends a request to the API as it is: no key is added. */
  Answer send(HttpRequest request) {
    Answer answer = Http.send(request);
    ApiContract.check(answer.response());
    return answer;
  }

  /** A cancel that is yet to be sent. */
  HttpRequest cancellation(String requestId) {
    return request("/v2/requests/" + requestId + "/cancel").POST(BodyPublishers.noBody()).build();
  }

  /** A request with the key, to be completed. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(Duration.ofSeconds(35))
        .header(KEY_HEADER, key);
  }

  /** What the API says of a job at its end. */
  JsonNode ended(String requestId, Duration patience) {
    return await()
        .alias(requestId + " has ended")
        .pollDelay(Duration.ZERO)
        .atMost(patience)
        .until(() -> status(requestId), Client::isTerminal);
  }

  /** What the API says of jobs at their ends, in their order. */
  List<JsonNode> allEnded(List<String> requestIds, Duration patience) {
    Instant deadline = Instant.now().plus(patience);
    return requestIds.stream()
        .map(id -> ended(id, Duration.between(Instant.now(), deadline)))
        .toList();
  }

  static boolean isTerminal(JsonNode status) {
    return TERMINAL.contains(status.path("status").asText());
  }
}
