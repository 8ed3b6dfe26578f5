package dev.pixal3d.jobs.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A client's server that takes webhooks: remembers every one and answers as it is told to. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile ToIntFunction<Delivery> answer = _ -> 204;

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /**
   * One webhook as it came.
   *
   * @param nanoTime when it came
   */
  record Delivery(String id, String timestamp, String signature, String body, long nanoTime) {
    JsonNode json() {
      return Answer.parse(body);
    }

    String requestId() {
      return json().path("request_id").asText();
    }

    String status() {
      return json().path("status").asText();
    }

    /**
     * Whether the published library takes it, which it does only within five minutes of its coming.
     */
    boolean isSignedWith(String secret) {
      return isSignedWith(secret, body);
    }

    /** Whether the signature would also do for another body. */
    boolean isSignedWith(String secret, String anotherBody) {
      HttpHeaders headers =
          HttpHeaders.of(
              Map.of(
                  "webhook-id", List.of(id),
                  "webhook-timestamp", List.of(timestamp),
                  "webhook-signature", List.of(signature)),
              (_, _) -> true);
      try {
        new Webhook(secret).verify(anotherBody, headers);
        return true;
      } catch (WebhookVerificationException _) {
        return false;
      } catch (EmptyWebhookSecretException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /** On a free port. */
  public static Receiver start() {
    return start(0);
  }

  /** On a port of 127.0.0.1; 0 for a free one. */
  public static Receiver start(int port) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      var receiver = new Receiver(HttpServer.create(address, 1000));
      receiver.server.createContext("/hook", receiver::take);
      receiver.server.setExecutor(receiver.threads);
      receiver.server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var delivery =
          new Delivery(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8),
              System.nanoTime());
      deliveries.add(delivery);
      exchange.sendResponseHeaders(answer.applyAsInt(delivery), -1);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /**
   * The headers of a submit that wants to be told here, and more of them: name and value in turn.
   */
  String[] headers(String... more) {
    List<String> all = new ArrayList<>(List.of("X-Webhook-URL", url().toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** What to answer from now on; by default 204. */
  void answers(ToIntFunction<Delivery> how) {
    answer = how;
  }

  /** All that came, oldest first. */
  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** All that came about a job, oldest first. */
  List<Delivery> deliveries(String requestId) {
    return deliveries.stream().filter(one -> one.requestId().equals(requestId)).toList();
  }

  /** The longest time between two of these. */
  static Duration longestPause(List<Delivery> deliveries) {
    long longest = 0;
    for (int i = 1; i < deliveries.size(); i++) {
      longest = Math.max(longest, deliveries.get(i).nanoTime() - deliveries.get(i - 1).nanoTime());
    }
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
