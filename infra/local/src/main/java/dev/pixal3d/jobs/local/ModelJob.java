package dev.pixal3d.jobs.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The main job, done as any client of the API does it: submit, ask how it stands, download
 * (Pixal3D's page, "Typical Workflow").
 */
final class ModelJob {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(35);
  private static final int MOST_FAILED_QUESTIONS = 20;
  private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "ERROR", "CANCELLED");

  private final URI api;
  private final String key;
  private final Progress progress;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  ModelJob(URI api, String key, Progress progress) {
    this.api = api;
    this.key = key;
    this.progress = progress;
  }

  /**
   * What became of the job.
   *
   * @param media where the model lies
   * @param spent how long it was in each state
   */
  record Completed(URI media, Map<String, Duration> spent) {
    Completed {
      spent = new LinkedHashMap<>(spent);
    }
  }

  /**
   * Submits an image and waits until its model is made.
   *
   * @throws LocalStackException if the job is not taken or does not end well
   */
  Completed run(URI image) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    URI statusUrl = submit(image);
    Map<String, Duration> spent = new LinkedHashMap<>();
    String status = "";
    long since = begin;
    while (true) {
      JsonNode job = status(statusUrl);
      String now = job.path("status").asText();
      if (!now.equals(status)) {
        long moment = System.nanoTime();
        if (!status.isEmpty()) {
          spent.put(status, Duration.ofNanos(moment - since));
        }
        status = now;
        since = moment;
        progress.reached(status, Duration.ofNanos(moment - begin));
      }
      if (TERMINAL.contains(status)) {
        return completed(job, status, spent);
      }
      progress.waiting();
      Thread.sleep(BETWEEN_QUESTIONS);
    }
  }

  private static Completed completed(JsonNode job, String status, Map<String, Duration> spent) {
    String media = job.path("output").path("media_url").path(0).asText();
    if (!status.equals("COMPLETED") || media.isEmpty()) {
      throw new LocalStackException(
          "Job %s ended %s: %s"
              .formatted(
                  job.path("request_id").asText(),
                  status,
                  job.path("error").asText("no reason given")));
    }
    return new Completed(URI.create(media), spent);
  }

  private URI submit(URI image) throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            JsonNodeFactory.instance.objectNode().put("image_url", image.toString()));
    HttpResponse<String> answer =
        http.send(
            request(api.resolve("/pixal3d/v1/pixal3d-request"))
                .header("Content-Type", "application/json")
                // Pixal3D then reports each status, so that there is progress to see.
                .header("X-Webhook-Mode", "sync")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    String id = parsed(answer).path("request_id").asText();
    if (answer.statusCode() != 202 || id.isEmpty()) {
      throw new LocalStackException("The job was not taken: " + inWords(answer));
    }
    // Not the polling_url: with a public URL of its own it may lead around half the world.
    return api.resolve("/v2/requests/status/" + id);
  }

  private JsonNode status(URI url) throws IOException, InterruptedException {
    String trouble = "";
    for (int failed = 0; failed < MOST_FAILED_QUESTIONS; failed++) {
      HttpResponse<String> answer = http.send(request(url).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return parsed(answer);
      }
      trouble = inWords(answer);
      if (answer.statusCode() < 500 && answer.statusCode() != 429) {
        break;
      }
      Thread.sleep(BETWEEN_QUESTIONS);
    }
    throw new LocalStackException(
        "%s does not tell how the job stands: %s".formatted(url, trouble));
  }

  /** Downloads a model into a file. */
  void download(URI media, Path file) throws IOException, InterruptedException {
    HttpResponse<Path> answer =
        http.send(
            HttpRequest.newBuilder(media).timeout(Duration.ofMinutes(10)).build(),
            BodyHandlers.ofFile(file));
    if (answer.statusCode() != 200) {
      throw new LocalStackException(
          "The model at %s cannot be downloaded: HTTP %d".formatted(media, answer.statusCode()));
    }
  }

  private HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url).timeout(ONE_ANSWER).header("Ocp-Apim-Subscription-Key", key);
  }

  private static JsonNode parsed(HttpResponse<String> answer) throws IOException {
    return answer.body().startsWith("{")
        ? JSON.readTree(answer.body())
        : JsonNodeFactory.instance.objectNode();
  }

  private static String inWords(HttpResponse<String> answer) throws IOException {
    return "HTTP %d, %s"
        .formatted(answer.statusCode(), parsed(answer).path("message").asText(answer.body()));
  }
}
