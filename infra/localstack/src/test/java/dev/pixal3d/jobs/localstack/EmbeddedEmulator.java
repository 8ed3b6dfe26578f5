package dev.pixal3d.jobs.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.Template;
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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An emulator of AWS in this JVM, with one endpoint as LocalStack has: the signature names the
 * service (Signature Version 4, "credential scope"). DynamoDB Local and ElasticMQ answer for two of
 * them, {@link LambdaApi} and {@link SecretsApi} for two more; others it has not, and says so as
 * LocalStack does.
 */
final class EmbeddedEmulator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedEmulator.class);
  private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([a-z-]+)/");

  /** What each connection has of its own (RFC 9110, section 7.6.1), and what the JDK sets. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

  private final EmbeddedAws aws;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LambdaApi lambda;
  private final SecretsApi secrets = new SecretsApi();

  private EmbeddedEmulator(EmbeddedAws aws, HttpServer server) throws IOException {
    this.aws = aws;
    this.server = server;
    this.lambda = new LambdaApi(aws, endpoint());
  }

  static Emulator start() {
    try {
      EmbeddedEmulator emulator =
          new EmbeddedEmulator(
              EmbeddedAws.start(Template.load(Path.of("../../template.yaml")), null),
              HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 256));
      emulator.server.createContext("/", emulator::serve);
      emulator.server.setExecutor(emulator.threads);
      emulator.server.start();
      return new Emulator(emulator.endpoint(), null, emulator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * What goes back.
   *
   * @param headers each with one value
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares replies.
  record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply json(int status, String json) {
      return new Reply(status, Map.of("Content-Type", "application/json"), json.getBytes(UTF_8));
    }

    /** An error as the services' JSON protocols have it. */
    static Reply error(int status, String type, String message) {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json", "x-amzn-ErrorType", type),
          "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message).getBytes(UTF_8));
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Reply reply = replyOrError(exchange, body);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean isEmpty = reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), isEmpty ? -1 : reply.body().length);
      if (!isEmpty) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private Reply replyOrError(HttpExchange exchange, byte[] body) {
    try {
      return reply(exchange, body);
    } catch (IOException | RuntimeException e) {
      log.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      return Reply.error(500, "InternalFailure", "See the emulator's log");
    }
  }

  private Reply reply(HttpExchange exchange, byte[] body) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Matcher service = SERVICE.matcher(authorization);
    try {
      return switch (service.find() ? service.group(1) : "") {
        case "dynamodb" -> passedOn(exchange, body, aws.dynamoDbEndpoint());
        case "sqs" -> passedOn(exchange, body, aws.sqsEndpoint());
        case "lambda" ->
            lambda.answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
        case "secretsmanager" ->
            secrets.answer(
                String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")), body);
        default -> Reply.error(501, "InternalFailure", "This emulator does not have that service");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.error(503, "ServiceUnavailable", "This emulator is being shut down");
    }
  }

  private Reply passedOn(HttpExchange exchange, byte[] body, URI endpoint)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (isPassedOn(name)) {
            request.header(name, values.getFirst());
          }
        });
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (isPassedOn(name)) {
            headers.put(name, values.getFirst());
          }
        });
    return new Reply(response.statusCode(), headers, response.body());
  }

  private static boolean isPassedOn(String header) {
    return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
    lambda.close();
    aws.close();
  }
}
