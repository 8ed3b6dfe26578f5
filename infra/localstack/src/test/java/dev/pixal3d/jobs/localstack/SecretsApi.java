package dev.pixal3d.jobs.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.localstack.EmbeddedEmulator.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Of Secrets Manager's API: secrets that are made, read and deleted, each with one version. */
final class SecretsApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> valuesByArn = new ConcurrentHashMap<>();

  Reply answer(String target, byte[] body) throws IOException {
    JsonNode request = JSON.readTree(body);
    return switch (target) {
      case "secretsmanager.CreateSecret" -> create(request);
      case "secretsmanager.GetSecretValue" -> read(request);
      case "secretsmanager.DeleteSecret" -> delete(request);
      default -> Reply.error(501, "InternalFailure", "No " + target);
    };
  }

  private Reply create(JsonNode request) throws IOException {
    String name = request.path("Name").asText();
    String arn =
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:%s-%s"
            .formatted(name, UUID.randomUUID().toString().substring(0, 6));
    valuesByArn.put(arn, request.path("SecretString").asText());
    return Reply.json(200, JSON.writeValueAsString(Map.of("ARN", arn, "Name", name)));
  }

  private Reply read(JsonNode request) throws IOException {
    String arn = request.path("SecretId").asText();
    String value = valuesByArn.get(arn);
    String stage = request.path("VersionStage").asText("AWSCURRENT");
    return value == null || !stage.equals("AWSCURRENT")
        ? Reply.error(400, "ResourceNotFoundException", "No such version")
        : Reply.json(
            200,
            JSON.writeValueAsString(
                Map.of("ARN", arn, "SecretString", value, "VersionId", "first")));
  }

  private Reply delete(JsonNode request) throws IOException {
    String arn = request.path("SecretId").asText();
    valuesByArn.remove(arn);
    return Reply.json(200, JSON.writeValueAsString(Map.of("ARN", arn)));
  }
}
