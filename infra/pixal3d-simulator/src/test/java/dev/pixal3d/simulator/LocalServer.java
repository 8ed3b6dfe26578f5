package dev.pixal3d.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** The world around the simulator: serves images, takes callbacks. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<JsonNode> callbacks = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  private LocalServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::file);
    server.createContext("/hook", this::callback);
    server.start();
  }

  static LocalServer start() throws IOException {
    return new LocalServer(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
  }

  /** Serves the bytes from now on; returns where. */
  URI serve(String path, byte[] bytes) {
    files.put(path, bytes);
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

  private void file(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = files.get(exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
      if (bytes != null) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private void callback(HttpExchange exchange) throws IOException {
    try (exchange) {
      callbacks.add(Json.MAPPER.readTree(exchange.getRequestBody()));
      Integer answer = answers.poll();
      exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
