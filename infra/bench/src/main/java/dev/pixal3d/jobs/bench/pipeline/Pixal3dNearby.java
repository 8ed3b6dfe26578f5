package dev.pixal3d.jobs.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Pixal3D in this JVM that takes as little of the processors as it can: it takes every job, keeps
 * none, and calls back with a model a moment later.
 */
final class Pixal3dNearby implements AutoCloseable {
  static final String KEY = "upstream-key";

  private static final URI STATUS = URI.create("/v2/requests/status/");
  private static final Duration MAKING = Duration.ofMillis(150);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int THREADS = 8;

  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicLong callbacksTaken = new AtomicLong();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("pixal3d-", 1).factory());
  private final HttpServer server;

  private Pixal3dNearby(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  static Pixal3dNearby start() throws IOException {
    return new Pixal3dNearby(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("POST")) {
        String id = "pixal3d_bench-" + jobs.incrementAndGet();
        answer(exchange, 202, accepted(id));
        URI callback = URI.create(exchange.getRequestHeaders().getFirst("X-Webhook-URL"));
        callBackAfter(MAKING, callback, id);
      } else {
        answer(exchange, 200, report(STATUS.relativize(exchange.getRequestURI()).getPath()));
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private String accepted(String id) {
    return """
    {"request_id": "%s", "status": "QUEUED", "polling_url": "%s/v2/requests/status/%s"}
    """
        .formatted(id, url(), id);
  }

  private static String report(String id) {
    return """
    {"request_id": "%s", "status": "COMPLETED", "model_id": "pixal3d", "error": null,
     "output": {"media_url": ["https://bench.r2.dev/%s/output.glb"], "media_type": "model/glb"},
     "created_at": "2026-05-22T13:17:32.110Z", "updated_at": "2026-05-22 13:19:23",
     "completed_at": "2026-05-22 13:19:23"}
    """
        .formatted(id, id);
  }

  private void callBackAfter(Duration delay, URI callback, String id) {
    var _ = threads.schedule(() -> callBack(callback, id), delay.toMillis(), MILLISECONDS);
  }

  private void callBack(URI callback, String id) {
    try {
      if (HttpNearby.post(callback, Map.of(), report(id)).status() / 100 == 2) {
        callbacksTaken.incrementAndGet();
      } else {
        callBackAfter(AGAIN, callback, id);
      }
    } catch (IOException e) {
      System.err.println("The callback of " + id + " was not taken: " + e);
    }
  }

  /** How many callbacks were answered 2xx: that many jobs have ended. */
  long callbacksTaken() {
    return callbacksTaken.get();
  }

  /** Waits until so many were. */
  void awaitCallbacks(long taken) throws InterruptedException {
    long begin = System.nanoTime();
    while (callbacksTaken() < taken) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d callbacks were not taken after %s".formatted(taken - callbacksTaken(), PATIENCE));
      }
      Thread.sleep(A_MOMENT);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
