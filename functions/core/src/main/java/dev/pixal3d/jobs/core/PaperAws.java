package dev.pixal3d.jobs.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * AWS on paper: finds again what was put into a table, in every shard of it what is due, and takes
 * everything else for done. Good enough to play a request through, with all that the SDK does for
 * it but the way over the network.
 */
final class PaperAws implements SdkHttpClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> items = new ConcurrentHashMap<>();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    ContentStreamProvider content = request.contentStreamProvider().orElseThrow();
    try (InputStream body = content.newStream()) {
      String operation = target.substring(target.indexOf('.') + 1);
      byte[] answer = JSON.writeValueAsBytes(answer(operation, JSON.readTree(body)));
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(200).build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
          .build();
    }
  }

  private JsonNode answer(String operation, JsonNode asked) {
    ObjectNode answer = JSON.createObjectNode();
    switch (operation) {
      case "PutItem" -> items.put(key(asked.path("Item")), asked.path("Item"));
      case "GetItem" -> {
        JsonNode item = items.get(key(asked.path("Key")));
        if (item != null) {
          answer.set("Item", item);
        }
      }
      case "Query" -> {
        long until = asked.at("/ExpressionAttributeValues/:until/N").asLong(Long.MIN_VALUE);
        ArrayNode found = answer.putArray("Items");
        items.values().stream().filter(item -> dueAt(item) <= until).forEach(found::add);
      }
      case "GetSecretValue" -> answer.put("SecretString", "on paper");
      case "SendMessage" -> sent(answer, asked);
      case "SendMessageBatch" -> {
        ArrayNode successful = answer.putArray("Successful");
        for (JsonNode entry : asked.path("Entries")) {
          sent(successful.addObject().put("Id", entry.path("Id").asText()), entry);
        }
      }
      default -> {}
    }
    return answer;
  }

  private static String key(JsonNode attributes) {
    return attributes.path("request_id").path("S").asText();
  }

  private static long dueAt(JsonNode item) {
    return item.at("/due_at/N").asLong(Long.MAX_VALUE);
  }

  /** The SDK holds the checksum to what it has sent. */
  private static void sent(ObjectNode answer, JsonNode message) {
    byte[] body = message.path("MessageBody").asText().getBytes(StandardCharsets.UTF_8);
    String sum = HexFormat.of().formatHex(Md5Utils.computeMD5Hash(body));
    answer.put("MessageId", "on paper").put("MD5OfMessageBody", sum);
  }
}
