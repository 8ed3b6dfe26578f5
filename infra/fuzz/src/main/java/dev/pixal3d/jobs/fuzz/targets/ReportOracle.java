package dev.pixal3d.jobs.fuzz.targets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads by itself what Pixal3D says. */
final class ReportOracle {
  private static final JsonMapper JSON =
      JsonMapper.builder(Answers.UNPOOLED.copy())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern ID = Pattern.compile("[!-~]{1,200}");
  private static final List<String> STATES =
      List.of("QUEUED", "PROCESSING", "COMPLETED", "FAILED", "ERROR");

  private ReportOracle() {}

  /** The object that these bytes are, if they are one. */
  static Optional<JsonNode> object(byte[] body) {
    return Events.utf8(body).flatMap(ReportOracle::parsed).filter(JsonNode::isObject);
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The upstream id in a body, if there is one that is taken. */
  static Optional<String> id(byte[] body) {
    return object(body)
        .map(one -> one.path("request_id"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(id -> ID.matcher(id).matches());
  }

  /** The report that these bytes are, if they may be one. */
  static Optional<JsonNode> read(byte[] body) {
    return object(body)
        .filter(one -> id(body).isPresent())
        .filter(one -> STATES.contains(one.path("status").asText()));
  }
}
