package dev.pixal3d.jobs.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API, on loopback only: takes requests, finds the route, invokes its function, and
 * answers as an API Gateway HTTP API would, with its limits (developer guide, "Quotas for HTTP
 * APIs").
 */
public final class HttpFront implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);
  private static final int MOST_BODY_BYTES = 10 * 1024 * 1024;
  private static final int MOST_HEADER_BYTES = 10_240;
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

  /** So much of a body that is too long is read away, so that its sender sees the answer. */
  private static final int MOST_DISCARDED_BYTES = 64 * 1024 * 1024;

  static {
    // Else each answer on a kept connection waits 40 ms for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Foreground foreground = new Foreground();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("http-", 1).factory());

  private HttpFront(HttpServer server) {
    this.server = server;
  }

  /**
   * Takes the port; requests that come now wait until {@link #open}.
   *
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  public static HttpFront bind(int port) throws IOException {
    return new HttpFront(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 256));
  }

  /** The port that was taken. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Begins to answer.
   *
   * @param docs go before the routes
   */
  public void open(RouteTable<FunctionHost> routes, ApiDocs docs) {
    server.createContext("/", exchange -> serve(exchange, routes, docs));
    server.setExecutor(threads);
    server.start();
  }

  /** What is open here goes before the queues. */
  public Foreground foreground() {
    return foreground;
  }

  private void serve(HttpExchange exchange, RouteTable<FunctionHost> routes, ApiDocs docs)
      throws IOException {
    foreground.begin();
    try (exchange) {
      String requestId = UUID.randomUUID().toString();
      exchange.getResponseHeaders().set("Apigw-Requestid", requestId);
      answer(exchange, routes, docs, requestId).send(exchange);
    } catch (RuntimeException e) {
      log.error("A request was dropped", e);
      throw e;
    } finally {
      foreground.end();
    }
  }

  private static HttpAnswer answer(
      HttpExchange exchange, RouteTable<FunctionHost> routes, ApiDocs docs, String requestId)
      throws IOException {
    if (headerBytes(exchange) > MOST_HEADER_BYTES) {
      return HttpAnswer.message(431, "Request Header Fields Too Large");
    }
    InputStream content = exchange.getRequestBody();
    byte[] body = content.readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      content.skip(MOST_DISCARDED_BYTES);
      return HttpAnswer.message(413, "Request Too Long");
    }
    String path = exchange.getRequestURI().getRawPath();
    if (path == null || !path.startsWith("/")) {
      return HttpAnswer.message(400, "Bad Request");
    }
    Optional<HttpAnswer> page = docs.find(exchange.getRequestMethod(), path);
    if (page.isPresent()) {
      return page.get();
    }
    Optional<RouteTable.Match<FunctionHost>> match =
        routes.match(exchange.getRequestMethod(), path);
    return match.isEmpty()
        ? HttpAnswer.message(404, "Not Found")
        : invoke(
            match.get().target(),
            HttpEvent.of(exchange, body, match.get(), requestId, Instant.now()));
  }

  private static HttpAnswer invoke(FunctionHost function, byte[] event) {
    CompletableFuture<byte[]> answer = function.invoke(event);
    try {
      return HttpAnswer.parse(answer.get(MOST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return HttpAnswer.message(500, "Internal Server Error"); // The function's host has logged it.
    } catch (IllegalArgumentException e) {
      log.error("{} returned no HTTP answer: {}", function.name(), e.getMessage());
      return HttpAnswer.message(500, "Internal Server Error");
    } catch (TimeoutException e) {
      log.error("{} took longer than {}", function.name(), MOST_PATIENCE);
      return HttpAnswer.message(503, "Service Unavailable");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpAnswer.message(503, "Service Unavailable");
    }
  }

  /** The request line and all headers, as they count against the quota. */
  private static long headerBytes(HttpExchange exchange) {
    long bytes =
        (exchange.getRequestMethod() + exchange.getRequestURI() + exchange.getProtocol()).length();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      for (String value : header.getValue()) {
        bytes += header.getKey().length() + value.length();
      }
    }
    return bytes;
  }

  /** Answers nobody any more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
