package dev.pixal3d.jobs.core.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Duration;

/**
 * Messages as JSON: {@code {"dispatch":id,"attempt":n}}, {@code {"poll":id,"attempt":n}}, {@code
 * {"notify":id,"attempt":n}}, {@code {"progress":id,"report":n}}, {@code {"sweep":shard}} and, from
 * the schedule, {@code {"sweep":"all"}}. Unknown members are passed over, for old and new code run
 * side by side during a deployment.
 */
public final class JobMessageJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTEMPT = "attempt";
  private static final String REPORT = "report";

  private JobMessageJson() {}

  /** The message's body. */
  public static String write(JobMessage message) {
    ObjectNode body = JSON.createObjectNode();
    return switch (message) {
      case JobMessage.Dispatch(RequestId id, int attempt, Duration _) ->
          body.put("dispatch", id.value()).put(ATTEMPT, attempt).toString();
      case JobMessage.Poll(RequestId id, int attempt, Duration _) ->
          body.put("poll", id.value()).put(ATTEMPT, attempt).toString();
      case JobMessage.Notify(RequestId id, int attempt, Duration _) ->
          body.put("notify", id.value()).put(ATTEMPT, attempt).toString();
      case JobMessage.Progress(RequestId id, int report) ->
          body.put("progress", id.value()).put(REPORT, report).toString();
      case JobMessage.SweepShard(int shard) -> body.put("sweep", shard).toString();
      case JobMessage.SweepAll() -> body.put("sweep", "all").toString();
    };
  }

  /**
   * Reads a message's body.
   *
   * @throws IllegalArgumentException if it is no message of ours
   */
  public static JobMessage read(String body) {
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a message of ours, no JSON: " + shown(body), e);
    }
    JsonNode sweep = message.path("sweep");
    if (message.has("dispatch")) {
      return new JobMessage.Dispatch(
          id(message, "dispatch"), number(message, ATTEMPT), Duration.ZERO);
    } else if (message.has("poll")) {
      return new JobMessage.Poll(id(message, "poll"), number(message, ATTEMPT), Duration.ZERO);
    } else if (message.has("notify")) {
      return new JobMessage.Notify(id(message, "notify"), number(message, ATTEMPT), Duration.ZERO);
    } else if (message.has("progress")) {
      return new JobMessage.Progress(id(message, "progress"), number(message, REPORT));
    } else if (sweep.isInt()) {
      return new JobMessage.SweepShard(sweep.intValue());
    } else if (sweep.asText().equals("all")) {
      return new JobMessage.SweepAll();
    }
    throw new IllegalArgumentException("Not a message of ours: " + shown(body));
  }

  private static RequestId id(JsonNode message, String member) {
    return new RequestId(message.path(member).asText());
  }

  private static int number(JsonNode message, String member) {
    JsonNode number = message.path(member);
    if (!number.isInt()) {
      throw new IllegalArgumentException("Not a message of ours, no " + member + ": " + message);
    }
    return number.intValue();
  }

  private static String shown(String body) {
    return body.length() <= 100 ? body : body.substring(0, 100) + "…";
  }
}
