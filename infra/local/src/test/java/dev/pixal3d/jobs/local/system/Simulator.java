package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** The simulated Pixal3D by its control panel: told how to behave, asked what it saw. */
public record Simulator(URI base) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Changes settings; each {@code name=value}. */
  void set(String... assignments) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      changes.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    set(changes);
  }

  void set(JsonNode changes) {
    Answer answer =
        Http.send(
            request("/simulator/settings")
                .method("PATCH", BodyPublishers.ofString(changes.toString()))
                .build());
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
  }

  JsonNode settings() {
    return Http.send(request("/simulator/settings").build()).json();
  }

  /** All jobs that it ever took. */
  List<Job> jobs() {
    JsonNode jobs = Http.send(request("/simulator/jobs").build()).json();
    return StreamSupport.stream(jobs.spliterator(), false).map(Job::of).toList();
  }

  /** How many jobs at it were charged for one of ours. */
  long charges(String ourId) {
    return jobs().stream().filter(job -> job.ourId().equals(ourId) && job.charged()).count();
  }

  /** One of the counts of {@code /simulator/stats}. */
  long stat(String name) {
    JsonNode count = Http.send(request("/simulator/stats").build()).json().path(name);
    assertThat(count.isNumber()).as("the simulator counts " + name).isTrue();
    return count.asLong();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
  }

  /**
   * A job as Pixal3D has it.
   *
   * @param requestId Pixal3D's own
   * @param imageUrl the picture that it is made of
   */
  record Job(String requestId, String status, boolean charged, String imageUrl, URI callbackUrl) {
    static Job of(JsonNode job) {
      return new Job(
          job.path("request_id").asText(),
          job.path("status").asText(),
          job.path("charged").asBoolean(),
          job.path("image_url").asText(),
          URI.create(job.path("callback_url").asText()));
    }

    /** Without the URL, which is secret. */
    @Override
    public String toString() {
      return "%s %s%s of %s".formatted(requestId, status, charged ? ", charged," : "", imageUrl);
    }

    /** {@code …/callbacks/{request_id}/{token}}. */
    String ourId() {
      return callbackUrl.getPath().split("/", -1)[2];
    }
  }
}
