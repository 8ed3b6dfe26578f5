package dev.pixal3d.jobs.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Where a function gets its credentials under SnapStart: no variables hold them, since those of the
 * image would have expired, but the SDK's default chain asks a server on loopback (SDKs and tools
 * reference guide, "Container credential provider").
 */
public final class CredentialsEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final String token = UUID.randomUUID().toString();
  private final Supplier<Credentials> credentials;

  private CredentialsEndpoint(HttpServer server, Supplier<Credentials> credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * Temporary credentials.
   *
   * @param accessKeyId names them, in the open
   * @param expiration from when on they are refused
   */
  public record Credentials(String accessKeyId, Instant expiration) {}

  /**
   * Begins to answer.
   *
   * @param credentials asked for at each request; they may change
   */
  public static CredentialsEndpoint open(Supplier<Credentials> credentials) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      CredentialsEndpoint endpoint = new CredentialsEndpoint(server, credentials);
      server.createContext("/credentials", endpoint::serve);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException("The credentials' endpoint found no port", e);
    }
  }

  /** What a function needs to find it. */
  public Map<String, String> variables() {
    return Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:%d/credentials".formatted(server.getAddress().getPort()),
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        token);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!token.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      Credentials now = credentials.get();
      byte[] body =
          """
          {"AccessKeyId":"%s","SecretAccessKey":"local","Token":"local","Expiration":"%s"}\
          """
              .formatted(now.accessKeyId(), now.expiration())
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Hands out nothing any more. */
  @Override
  public void close() {
    server.stop(0);
  }
}
