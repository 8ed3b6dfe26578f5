package dev.pixal3d.jobs.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as AWS documents them, with all members. */
public final class Events {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Events() {}

  /**
   * A request of an HTTP API (API Gateway developer guide, "Create AWS Lambda proxy integrations
   * for HTTP APIs", payload format 2.0).
   */
  public static byte[] http(
      String method,
      String route,
      Map<String, String> pathParameters,
      String apiKey,
      @Nullable String body) {
    return http(method, route, pathParameters, Map.of("ocp-apim-subscription-key", apiKey), body);
  }

  /**
   * As above, with any headers.
   *
   * @param headers more of them than every request has, names in small letters
   */
  public static byte[] http(
      String method,
      String route,
      Map<String, String> pathParameters,
      Map<String, String> headers,
      @Nullable String body) {
    String path = route;
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    ObjectNode event =
        object(
            """
            {
              "version": "2.0",
              "routeKey": "",
              "rawPath": "",
              "rawQueryString": "",
              "cookies": ["cookie1", "cookie2"],
              "headers": {
                "accept": "*/*",
                "content-type": "application/json",
                "host": "abc.execute-api.us-east-1.amazonaws.com",
                "user-agent": "curl/8.5.0",
                "x-amzn-trace-id": "Root=1-6741f1a0-0123456789abcdef01234567",
                "x-forwarded-for": "192.0.2.1",
                "x-forwarded-port": "443",
                "x-forwarded-proto": "https"
              },
              "requestContext": {
                "accountId": "123456789012",
                "apiId": "abc",
                "domainName": "abc.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": "abc",
                "http": {
                  "method": "",
                  "path": "",
                  "protocol": "HTTP/1.1",
                  "sourceIp": "192.0.2.1",
                  "userAgent": "curl/8.5.0"
                },
                "requestId": "Rk3h2iVxIAMEPkA=",
                "routeKey": "",
                "stage": "$default",
                "time": "23/Nov/2026:16:30:41 +0000",
                "timeEpoch": 1795451441000
              },
              "isBase64Encoded": false
            }
            """);
    event.put("routeKey", method + " " + route).put("rawPath", path);
    ObjectNode sent = event.withObject("/headers");
    headers.forEach(sent::put);
    if (!pathParameters.isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(pathParameters));
    }
    ObjectNode context = event.withObject("/requestContext");
    context.put("routeKey", method + " " + route);
    context.withObject("/http").put("method", method).put("path", path);
    if (body != null) {
      event.put("body", body);
    }
    return bytes(event);
  }

  /**
   * Messages of a queue (Lambda developer guide, "Using Lambda with Amazon SQS"); the nth has the
   * id {@code message-n}, from 0.
   */
  public static byte[] sqs(String... bodies) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (String body : bodies) {
      records.add(
          object(
                  """
                  {
                    "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
                    "attributes": {
                      "ApproximateReceiveCount": "1",
                      "SentTimestamp": "1795451441000",
                      "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                      "ApproximateFirstReceiveTimestamp": "1795451441001"
                    },
                    "messageAttributes": {},
                    "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                    "eventSource": "aws:sqs",
                    "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:queue",
                    "awsRegion": "us-east-1"
                  }
                  """)
              .put("messageId", "message-" + records.size())
              .put("body", body));
    }
    return bytes(event);
  }

  /** JSON as a tree. */
  public static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
