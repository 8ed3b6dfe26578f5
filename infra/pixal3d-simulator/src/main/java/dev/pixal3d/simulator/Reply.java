package dev.pixal3d.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is done with a request in the end. */
sealed interface Reply {

  /** An answer from memory. */
  @SuppressWarnings("ArrayRecordComponent") // Replies are never compared.
  record Content(int status, String type, byte[] body, Map<String, String> headers)
      implements Reply {
    Content with(String header, String value) {
      return new Content(status, type, body, Map.of(header, value));
    }
  }

  /** A file of the simulator's own. */
  record FileContent(Path file, String type) implements Reply {}

  /** The connection is closed without an answer. */
  record NoAnswer() implements Reply {}

  static Content json(int status, Object body) {
    return new Content(status, "application/json", Json.bytes(body), Map.of());
  }

  static Content text(int status, String type, String body) {
    return new Content(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** The page's "Error Responses". */
  static Content error(int status, String error, String message) {
    return json(status, new ErrorBody(error, message));
  }

  /** The error body of the page. */
  record ErrorBody(String error, String message) {}

  /** Sends the reply and ends the exchange. */
  default void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set(Pixal3dSimulator.HEADER, Pixal3dSimulator.HEADER_VALUE);
    try (exchange) {
      switch (this) {
        case Content(int status, String type, byte[] body, Map<String, String> headers) -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          try (OutputStream output = start(exchange, status, type, body.length)) {
            output.write(body);
          }
        }
        case FileContent(Path file, String type) -> {
          try (OutputStream output = start(exchange, 200, type, Files.size(file))) {
            Files.copy(file, output);
          }
        }
        case NoAnswer() -> {}
      }
    }
  }

  private static OutputStream start(HttpExchange exchange, int status, String type, long length)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return OutputStream.nullOutputStream();
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, length);
    return exchange.getResponseBody();
  }
}
