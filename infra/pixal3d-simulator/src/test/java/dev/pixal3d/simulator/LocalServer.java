package dev.pixal3d.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** The other side of the simulator: serves images, takes callbacks. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final List<JsonNode> callbacks = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  private LocalServer(HttpServer server) {
    this.server = server;
    server.createContext(
        "/hook",
        exchange -> {
          try (exchange) {
            callbacks.add(Json.MAPPER.readTree(exchange.getRequestBody()));
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
          }
        });
    server.start();
  }

  static LocalServer start() throws IOException {
    return new LocalServer(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
  }

  /** Serves the bytes from now on; returns where. */
  URI serve(String path, byte[] bytes) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    return uri(path);
  }

  URI hook() {
    return uri("/hook");
  }

  /** Lets the next callbacks be answered so, those after them 200. */
  void answerNext(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  /** What was called back so far. */
  List<JsonNode> callbacks() {
    return callbacks;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
