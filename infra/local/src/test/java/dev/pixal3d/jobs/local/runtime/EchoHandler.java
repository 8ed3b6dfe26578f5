package dev.pixal3d.jobs.local.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Answers with the event that it got, and does what the query asks for: {@code ?do=throw}. */
public final class EchoHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  static final CountDownLatch interrupted = new CountDownLatch(1);

  private final Map<String, String> environment;

  public EchoHandler(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("statusCode", 200);
    answer.put("headers", Map.of("Content-Type", "application/json", "Content-Length", "1"));
    switch (asked(event)) {
      case "throw" -> throw new IllegalStateException("asked to throw");
      case "sleep" -> sleep();
      case "nonsense" -> answer.put("statusCode", "none");
      case "cookies" -> answer.put("cookies", List.of("a=1", "b=2"));
      case "binary" -> {
        answer.put("body", "AP8=");
        answer.put("isBase64Encoded", true);
        return answer;
      }
      case "empty" -> {
        answer.put("statusCode", 204);
        return answer;
      }
      case null, default -> answer.put("headers", Map.of("Content-Type", "application/json"));
    }
    Map<String, Object> echo = new HashMap<>(event);
    echo.put("environment", environment);
    echo.put("function", context.getFunctionName());
    echo.put("remainingMillis", context.getRemainingTimeInMillis());
    answer.put("body", json(echo));
    return answer;
  }

  private static @Nullable String asked(Map<String, Object> event) {
    return event.get("queryStringParameters") instanceof Map<?, ?> query
            && query.get("do") instanceof String what
        ? what
        : null;
  }

  private static void sleep() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      Thread.currentThread().interrupt();
    }
  }

  private static String json(Map<String, Object> echo) {
    try {
      return new ObjectMapper().writeValueAsString(echo);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
