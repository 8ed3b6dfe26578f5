package dev.pixal3d.jobs.bench.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Between a function and an AWS service: notes the operation of each call, as {@code X-Amz-Target}
 * names it.
 */
final class CallRecorder implements AutoCloseable {
  /** The JDK's client sets these itself. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private final List<String> calls;

  private CallRecorder(HttpServer server, URI target, List<String> calls) {
    this.server = server;
    this.target = target;
    this.calls = calls;
  }

  /**
   * Begins to pass calls on.
   *
   * @param calls gets each call's operation
   */
  static CallRecorder before(URI target, CopyOnWriteArrayList<String> calls) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      var recorder = new CallRecorder(server, target, calls);
      server.createContext("/", recorder::pass);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return recorder;
    } catch (IOException e) {
      throw new UncheckedIOException("No port for a recorder", e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().getPath()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
              values.forEach(value -> request.header(name, value));
            }
          });
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      answer
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(sum -> exchange.getResponseHeaders().set("x-amz-crc32", sum));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
