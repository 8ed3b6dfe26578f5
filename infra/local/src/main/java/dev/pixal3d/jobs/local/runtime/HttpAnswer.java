package dev.pixal3d.jobs.local.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What goes back to an HTTP client. */
final class HttpAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** These belong to the connection, which is the server's, not the function's. */
  private static final Set<String> SERVERS_OWN =
      Set.of("connection", "content-length", "date", "transfer-encoding");

  private final int status;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] body;

  private HttpAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer of the API's own, without a function: {@code {"message": "..."}}. */
  static HttpAnswer message(int status, String message) {
    return new HttpAnswer(
        status,
        List.of(Map.entry("content-type", "application/json")),
        "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8));
  }

  /** A file. */
  static HttpAnswer content(String type, List<Map.Entry<String, String>> headers, byte[] body) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry("content-type", type));
    return new HttpAnswer(200, all, body);
  }

  /**
   * Reads what a function returned: payload format 2.0.
   *
   * @throws IllegalArgumentException if it is not an HTTP answer; the message says why
   */
  static HttpAnswer parse(byte[] json) {
    try {
      JsonNode answer = JSON.readTree(json);
      int status = answer.path("statusCode").asInt();
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("statusCode is " + answer.path("statusCode"));
      }
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      answer
          .path("headers")
          .properties()
          .forEach(header -> headers.add(Map.entry(header.getKey(), header.getValue().asText())));
      if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("content-type"))) {
        headers.add(Map.entry("content-type", "text/plain;charset=UTF-8"));
      }
      answer.path("cookies").forEach(c -> headers.add(Map.entry("set-cookie", c.asText())));
      String body = answer.path("body").asText("");
      return new HttpAnswer(
          status,
          headers,
          answer.path("isBase64Encoded").asBoolean()
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  void send(HttpExchange exchange) throws IOException {
    headers.stream()
        .filter(header -> !SERVERS_OWN.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .forEach(header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else if (body.length == 0 || status == 204 || status == 304) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
