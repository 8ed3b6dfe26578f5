package dev.pixal3d.jobs.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.runtime.FunctionErrorException.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lambda's Runtime API for one process, on loopback (Lambda developer guide, "Using the Lambda
 * runtime API for custom runtimes"; the restore paths are those that the runtime client asks for
 * under SnapStart).
 */
final class RuntimeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/2018-06-01/runtime/";

  static {
    // Else each answer on a kept connection waits 40 ms for the other side's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  /**
   * An event to handle.
   *
   * @param requestId names the invocation
   * @param event the event's JSON in UTF-8
   * @param deadline when the function's timeout will be over
   * @param functionArn what was invoked
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares invocations.
  record Invocation(String requestId, byte[] event, Instant deadline, String functionArn) {}

  /** What the process asks and tells; each call comes on a thread of its own. */
  interface Caller {
    /** It wants an event: waits until there is one. */
    Invocation next() throws InterruptedException;

    /** It is ready to be made an image: waits until that is restored. */
    void restored() throws InterruptedException;

    /** An event was handled. */
    void answered(String requestId, byte[] answer);

    /** The handler threw. */
    void failed(String requestId, FunctionErrorException error);

    /** It could not be brought up, or a hook threw. */
    void failed(FunctionErrorException error);
  }

  /** Takes a port; who asks now waits until {@link #serve}. */
  static RuntimeApi bind() {
    try {
      return new RuntimeApi(
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException("The Runtime API found no port", e);
    }
  }

  /** Begins to answer. */
  void serve(Caller caller) {
    server.createContext(BASE, exchange -> serve(exchange, caller));
    server.setExecutor(threads);
    server.start();
  }

  /** {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static void serve(HttpExchange exchange, Caller caller) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String[] path = exchange.getRequestURI().getPath().substring(BASE.length()).split("/", -1);
      switch (String.join("/", path[0], path[path.length - 1])) {
        case "invocation/next" -> send(exchange, caller.next());
        case "invocation/response" -> {
          accept(exchange);
          caller.answered(path[1], body);
        }
        case "invocation/error" -> {
          accept(exchange);
          caller.failed(path[1], error(Phase.INVOKE, body));
        }
        case "init/error" -> {
          caller.failed(error(Phase.INIT, body));
          accept(exchange);
        }
        case "restore/next" -> {
          caller.restored();
          exchange.sendResponseHeaders(200, -1);
        }
        case "restore/error" -> {
          caller.failed(error(Phase.RESTORE, body));
          accept(exchange);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed meanwhile: the process gets no answer.
    }
  }

  private static void accept(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(202, -1);
  }

  private static void send(HttpExchange exchange, Invocation invocation) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  private static FunctionErrorException error(Phase phase, byte[] body) throws IOException {
    JsonNode error = JSON.readTree(body);
    return new FunctionErrorException(
        phase, error.path("errorType").asText(), error.path("errorMessage").asText());
  }

  /** Answers nobody any more. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
