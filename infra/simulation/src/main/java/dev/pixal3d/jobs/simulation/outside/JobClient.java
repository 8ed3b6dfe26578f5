package dev.pixal3d.jobs.simulation.outside;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.simulation.aws.Cloud;
import dev.pixal3d.jobs.simulation.promise.Promises;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client with one job: submits it, asks for it, may cancel it. */
public final class JobClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBMIT = "POST /pixal3d/v1/pixal3d-request";
  private static final String STATUS = "GET /v2/requests/status/{request_id}";
  private static final String LIST = "GET /v2/requests";
  private static final String CANCEL = "POST /v2/requests/{request_id}/cancel";
  private static final String REPLAY = "POST /v2/requests/{request_id}/webhook/replay";
  private static final int MOST_TRIES = 8;
  private static final int MOST_READS = 400;
  private static final int TOO_LATE = 504;

  private final World world;
  private final Cloud cloud;
  private final Promises promises;
  private final JobPlan plan;
  private final List<String> clients;
  private final RandomGenerator random;

  /**
   * @param clients all that there are
   */
  public JobClient(
      World world, Cloud cloud, Promises promises, JobPlan plan, List<String> clients) {
    this.world = world;
    this.cloud = cloud;
    this.promises = promises;
    this.plan = plan;
    this.clients = List.copyOf(clients);
    this.random = world.chance().of("client " + plan.number());
  }

  /** The key of a client. */
  public static String apiKey(String client) {
    return "key of " + client;
  }

  /** Where the picture of a job lies; tells the jobs of a run apart. */
  public static String imageUrl(JobPlan plan) {
    return "https://example.com/" + plan.number() + ".png";
  }

  private record Answer(int status, JsonNode body, String text) {}

  /** All that the client does, as a process. */
  public void run() {
    world.agenda().pause(plan.submitAfterMillis());
    String id = submitted();
    if (id == null) {
      return;
    }
    repeat(id);
    Long cancelAfter = plan.cancelAfterMillis();
    if (cancelAfter != null) {
      world.agenda().start(() -> cancelLater(id, cancelAfter));
    }
    watch(id);
  }

  /** Without an Idempotency-Key a submit is not repeated: it might cost twice. */
  private @Nullable String submitted() {
    int tries = plan.idempotencyKey() == null ? 1 : MOST_TRIES;
    for (int tried = 0; tried < tries; tried++) {
      Answer answer = submit(imageUrl(plan));
      if (answer.status() == 202) {
        return accepted(answer);
      }
      requireOneOf("submit", answer, 402, 500, TOO_LATE);
      world.agenda().pause(1_000L << tried);
    }
    return null;
  }

  private String accepted(Answer answer) {
    String id = answer.body().path("request_id").asText();
    promises.accepted(plan.client(), plan.idempotencyKey(), id, cloud.table());
    return id;
  }

  private Answer submit(String imageUrl) {
    Map<String, String> headers = headers(plan.client());
    headers.put("content-type", "application/json");
    if (plan.idempotencyKey() != null) {
      headers.put("idempotency-key", plan.idempotencyKey());
    }
    if (plan.webhookUrl() != null) {
      headers.put("x-webhook-url", plan.webhookUrl());
      headers.put("x-webhook-mode", plan.sync() ? "sync" : "terminal");
    }
    return call(SUBMIT, "", headers, "{\"image_url\":\"" + imageUrl + "\",\"seed\":7}");
  }

  private void repeat(String id) {
    if (plan.idempotencyKey() == null) {
      return;
    }
    if (world.faults().strikes(Fault.SUBMIT_REPEATED)) {
      world.agenda().pause(world.faults().lasts(Fault.SUBMIT_REPEATED, 600_000));
      Answer answer = submit(imageUrl(plan));
      requireOneOf("repeated submit", answer, 202, 500, TOO_LATE);
      if (answer.status() == 202 && !accepted(answer).equals(id)) {
        throw Promises.surprise("a repeated submit gave another job");
      }
    }
    if (world.faults().strikes(Fault.KEY_REUSED)) {
      requireOneOf(
          "submit under a used key", submit("https://example.com/other.png"), 422, 500, TOO_LATE);
    }
  }

  private void cancelLater(String id, long afterMillis) {
    world.agenda().pause(afterMillis);
    Answer answer = call(CANCEL, id, headers(plan.client()), null);
    requireOneOf("cancel", answer, 200, 409, 500, TOO_LATE);
    if (answer.status() == 200) {
      promises.cancelled(id);
    }
  }

  private void watch(String id) {
    for (int reads = 0; reads < MOST_READS; reads++) {
      world.agenda().pause(1 + random.nextLong(2 * plan.readPauseMillis()));
      look(id);
      if (reads % 8 == 3) {
        lookAround(id);
      }
      if (hasEnded(id)) {
        break;
      }
    }
    if (plan.replays() && plan.webhookUrl() != null) {
      replay(id);
    }
    world.agenda().pause(3_600_000);
    look(id);
  }

  private boolean hasEnded(String id) {
    return Optional.ofNullable(cloud.table().get(id).get("completed_at")).isPresent();
  }

  private void look(String id) {
    promises.reasonToPoll(id);
    Answer answer = call(STATUS, id, headers(plan.client()), null);
    requireOneOf("status", answer, 200, 500, TOO_LATE);
    if (answer.status() == 200) {
      JobStatus status = JobStatus.valueOf(answer.body().path("status").asText());
      promises.read(id, status, answer.text());
    }
  }

  private void lookAround(String id) {
    for (String client : clients) {
      if (!client.equals(plan.client())) {
        Answer answer = call(STATUS, id, headers(client), null);
        promises.readOfAnothers(id, answer.status());
      }
    }
    Answer list = call(LIST, "", headers(plan.client()), null);
    requireOneOf("list", list, 200, 500, TOO_LATE);
    for (JsonNode job : list.body().path("requests")) {
      promises.listed(plan.client(), job.path("request_id").asText(), cloud.table());
    }
  }

  private void replay(String id) {
    promises.replayAsked(id);
    Answer answer = call(REPLAY, id, headers(plan.client()), null);
    requireOneOf("replay", answer, 202, 409, 500, TOO_LATE);
  }

  private static Map<String, String> headers(String client) {
    var headers = new HashMap<String, String>();
    headers.put("ocp-apim-subscription-key", apiKey(client));
    return headers;
  }

  private Answer call(String route, String id, Map<String, String> headers, @Nullable String body) {
    Optional<APIGatewayV2HTTPResponse> response =
        cloud.call(route, id.isEmpty() ? Map.of() : Map.of("request_id", id), headers, body, false);
    Answer answer =
        response
            .map(there -> new Answer(there.getStatusCode(), json(there), there.getBody()))
            .orElse(new Answer(TOO_LATE, JSON.createObjectNode(), ""));
    world.tell(plan.client(), () -> route + " " + id + ": " + answer.status());
    return answer;
  }

  private static JsonNode json(APIGatewayV2HTTPResponse response) {
    try {
      return JSON.readTree(response.getBody());
    } catch (JsonProcessingException e) {
      throw Promises.surprise(
          "an answer is no JSON: %s (%s)", response.getBody(), String.valueOf(e.getMessage()));
    }
  }

  private void requireOneOf(String what, Answer answer, int... statuses) {
    for (int status : statuses) {
      if (answer.status() == status) {
        boolean calm = world.now() > world.faults().endMillis() + 3_600_000;
        if (calm && status >= 500) {
          throw Promises.surprise("%s was answered %d though nothing goes wrong", what, status);
        }
        return;
      }
    }
    throw Promises.surprise("%s was answered %d: %s", what, answer.status(), answer.text());
  }
}
