package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixal3d.jobs.core.api.JobBodies;
import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.fuzz.draw.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What holds for each answer and each job, whatever was sent. */
final class Answers {
  /** Names are strangers' and never the same: a pool of them only costs time. */
  static final JsonFactory UNPOOLED =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final JsonMapper JSON = new JsonMapper(UNPOOLED);
  private static final int LONGEST_ERROR = 64 * 1024;
  private static final Set<String> ERROR_MEMBERS = Set.of("error", "message", "details");

  private Answers() {}

  /**
   * Checks an answer.
   *
   * @return its body
   */
  static JsonNode check(APIGatewayV2HTTPResponse answer) throws ViolationException {
    int status = answer.getStatusCode();
    unless(status >= 200 && status <= 499, "no answer is a 5xx", status);
    return checkBody(answer);
  }

  /** Checks an answer that may be a 5xx. */
  static JsonNode checkBody(APIGatewayV2HTTPResponse answer) throws ViolationException {
    for (Map.Entry<String, String> header : answer.getHeaders().entrySet()) {
      unless(
          header.getValue().chars().allMatch(c -> c >= ' ' && c <= '~'),
          "headers are of visible ASCII",
          header);
    }
    checkText(answer.getBody());
    checkText(answer.getHeaders().toString());
    if (answer.getStatusCode() == 304) {
      unless(answer.getBody().isEmpty(), "a 304 has no body", answer.getBody());
      return JSON.nullNode();
    }
    JsonNode body = json(answer.getBody());
    if (answer.getStatusCode() >= 400) {
      checkError(body, answer.getBody());
    }
    return body;
  }

  private static void checkError(JsonNode body, String text) throws ViolationException {
    unless(text.length() <= LONGEST_ERROR, "an error is short", text.length());
    unless(isText(body.path("error")), "an error has its name", text);
    unless(isText(body.path("message")), "an error has a message", text);
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      unless(ERROR_MEMBERS.contains(member.getKey()), "an error has no other members", text);
    }
    if (body.has("details")) {
      unless(!body.path("details").isEmpty(), "details are there or not", text);
      for (JsonNode detail : body.path("details")) {
        unless(
            detail.size() == 2
                && detail.path("field").isTextual()
                && isText(detail.path("message")),
            "a detail has a field and a message",
            detail);
      }
    }
  }

  private static boolean isText(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank();
  }

  private static JsonNode json(String text) throws ViolationException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ViolationException("a body is JSON", text);
    }
  }

  /** Checks a text that leaves the system. */
  static void checkText(String text) throws ViolationException {
    unless(UTF_8.newEncoder().canEncode(text), "a text can be written in UTF-8", text);
    for (String secret : World.SECRETS) {
      unless(!text.contains(secret), "no secret leaves", text);
    }
    unless(!text.contains(Addresses.CREDENTIAL), "no webhook's credential leaves", text);
  }

  /**
   * Checks what became of a job: what of it is shown, and that it did not move back.
   *
   * @param secrets more of them
   */
  static void checkJob(Job before, Job after, String... secrets) throws ViolationException {
    if (after.equals(before)) {
      return;
    }
    for (String shown : List.of(StatusBody.status(after), JobBodies.timeline(after))) {
      checkText(shown);
      unless(shown.length() <= LONGEST_ERROR, "what is shown of a job is short", shown.length());
      for (String secret : secrets) {
        unless(!shown.contains(secret), "no secret leaves", shown);
      }
      for (String text : texts(json(shown))) {
        unless(
            text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029),
            "what is shown of a job is on one line",
            json(shown));
      }
    }
    unless(
        after.status().compareTo(before.status()) >= 0,
        "a status does not move back",
        after.status());
    unless(
        after.hasEnded() || after.dueAt() != null, "a job that has not ended has a due_at", after);
    if (before.hasEnded()) {
      unless(
          Stream.of(after.status(), after.output(), after.error(), after.completedAt())
              .map(String::valueOf)
              .toList()
              .equals(
                  Stream.of(before.status(), before.output(), before.error(), before.completedAt())
                      .map(String::valueOf)
                      .toList()),
          "what has ended stays as it is",
          after);
    }
  }

  private static List<String> texts(JsonNode node) {
    if (node.isTextual()) {
      return List.of(node.textValue());
    }
    var texts = new ArrayList<String>();
    for (JsonNode child : node) {
      texts.addAll(texts(child));
    }
    return texts;
  }
}
