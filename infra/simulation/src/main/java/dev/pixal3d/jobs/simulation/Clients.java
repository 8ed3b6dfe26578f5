package dev.pixal3d.jobs.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.simulation.aws.SimulatedTable;
import dev.pixal3d.jobs.simulation.outside.JobClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The clients that the table knows, as the operator's tool puts them there. */
final class Clients {
  private static final String WEBHOOK_SECRET = "whsec_" + "A".repeat(32);

  private Clients() {}

  static void register(List<String> names, SimulatedTable table) {
    for (String name : names) {
      table.write(
          null,
          "client#" + name,
          Map.of(
              "request_id", AttributeValue.fromS("client#" + name),
              "schema", AttributeValue.fromN("1"),
              "name", AttributeValue.fromS(name),
              "enabled", AttributeValue.fromBool(true),
              "webhook_secrets",
                  AttributeValue.fromL(List.of(AttributeValue.fromS(WEBHOOK_SECRET)))));
      String key = "key#" + sha256(JobClient.apiKey(name));
      table.write(
          null,
          key,
          Map.of(
              "request_id", AttributeValue.fromS(key),
              "schema", AttributeValue.fromN("1"),
              "name", AttributeValue.fromS(name)));
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
