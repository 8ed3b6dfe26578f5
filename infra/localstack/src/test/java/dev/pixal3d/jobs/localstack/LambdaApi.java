package dev.pixal3d.jobs.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.QueueSource;
import dev.pixal3d.jobs.local.runtime.Foreground;
import dev.pixal3d.jobs.local.runtime.FunctionHost;
import dev.pixal3d.jobs.local.runtime.LambdaRuntime;
import dev.pixal3d.jobs.local.runtime.QueueEventSource;
import dev.pixal3d.jobs.localstack.EmbeddedEmulator.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Of Lambda's API (Lambda API reference): functions that are made of a zip, published, aliased,
 * invoked and deleted, and event source mappings of queues. The zips run as they do with {@code
 * infra/local/run --runtime}. There is one version of a function, whatever it is called by.
 */
final class LambdaApi implements AutoCloseable {
  /** Lambda's own limit for a request with a zip (Lambda developer guide, "Lambda quotas"). */
  private static final int MOST_ZIP_CHARACTERS = 70 * 1024 * 1024;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(MOST_ZIP_CHARACTERS).build())
              .build());

  private static final Pattern FUNCTION =
      Pattern.compile("/2015-03-31/functions(?:/([^/:]+)(?::[^/]+)?)?(?:/([a-z]+))?");
  private static final Pattern MAPPING =
      Pattern.compile("/2015-03-31/event-source-mappings/?([^/]*)");

  private final EmbeddedAws aws;
  private final URI endpoint;
  private final Path folder;
  private final LambdaRuntime runtime;
  private final Map<String, FunctionHost> functions = new ConcurrentHashMap<>();
  private final Map<String, QueueEventSource> mappings = new ConcurrentHashMap<>();

  /**
   * @param endpoint of all services, for the functions
   */
  LambdaApi(EmbeddedAws aws, URI endpoint) throws IOException {
    this.aws = aws;
    this.endpoint = endpoint;
    this.folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/emulated")), "lambda");
    this.runtime = LambdaRuntime.open(aws, folder, folder);
  }

  Reply answer(String method, String path, byte[] body) throws IOException, InterruptedException {
    Matcher mapping = MAPPING.matcher(path);
    if (mapping.matches()) {
      return method.equals("POST") ? map(JSON.readTree(body)) : unmap(mapping.group(1));
    }
    Matcher function = FUNCTION.matcher(path);
    if (!function.matches()) {
      return Reply.error(501, "InternalFailure", "No " + path);
    }
    String name = function.group(1);
    if (name == null) {
      return create(JSON.readTree(body));
    }
    FunctionHost host = functions.get(name);
    if (host == null) {
      return Reply.error(404, "ResourceNotFoundException", "Function not found: " + name);
    }
    return switch ("%s %s".formatted(method, function.group(2))) {
      case "GET null" -> Reply.json(200, "{\"Configuration\":%s}".formatted(configuration(name)));
      case "DELETE null" -> delete(name, host);
      case "POST versions" -> Reply.json(201, configuration(name));
      case "POST aliases" -> Reply.json(201, "{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
      case "POST invocations" -> invoke(host, body);
      default -> Reply.error(501, "InternalFailure", "No %s %s".formatted(method, path));
    };
  }

  private Reply create(JsonNode request) throws IOException {
    String name = request.path("FunctionName").asText();
    Path zip = folder.resolve(name + ".zip");
    Files.write(zip, request.path("Code").path("ZipFile").binaryValue());
    Map<String, String> variables = new HashMap<>();
    request
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    variables.put("AWS_ENDPOINT_URL", endpoint.toString());
    functions.put(
        name,
        runtime.load(
            new FunctionResource(
                name,
                request.path("Handler").asText().replace("::handleRequest", ""),
                zip,
                Duration.ofSeconds(request.path("Timeout").asInt()),
                request.path("MemorySize").asInt(),
                List.of(),
                List.of()),
            variables));
    return Reply.json(201, configuration(name));
  }

  private static String configuration(String name) {
    return "{\"FunctionName\":\"%s\",\"State\":\"Active\",\"Version\":\"1\"}".formatted(name);
  }

  private Reply delete(String name, FunctionHost host) {
    functions.remove(name);
    host.close();
    return new Reply(204, Map.of(), new byte[0]);
  }

  private static Reply invoke(FunctionHost host, byte[] event) throws InterruptedException {
    try {
      return new Reply(200, Map.of(), host.invoke(event).get());
    } catch (ExecutionException e) {
      ObjectNode error = JSON.createObjectNode();
      error.put("errorMessage", String.valueOf(e.getCause()));
      return new Reply(
          200, Map.of("X-Amz-Function-Error", "Unhandled"), error.toString().getBytes(UTF_8));
    }
  }

  private Reply map(JsonNode request) {
    String arn = request.path("EventSourceArn").asText();
    String queue = arn.substring(arn.lastIndexOf(':') + 1);
    @Nullable FunctionHost host =
        functions.get(request.path("FunctionName").asText().replaceFirst(":.*", ""));
    if (host == null) {
      return Reply.error(404, "ResourceNotFoundException", "Function not found");
    }
    String id = UUID.randomUUID().toString();
    mappings.put(
        id,
        QueueEventSource.start(
            new QueueSource(
                queue,
                request.path("BatchSize").asInt(10),
                request.path("ScalingConfig").path("MaximumConcurrency").asInt(1000),
                request
                    .path("FunctionResponseTypes")
                    .path(0)
                    .asText()
                    .equals("ReportBatchItemFailures")),
            new QueueEventSource.Queue(
                aws.sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl(), arn, aws.region()),
            host,
            aws.sqs(),
            new Foreground()));
    return Reply.json(202, "{\"UUID\":\"%s\",\"State\":\"Enabled\"}".formatted(id));
  }

  private Reply unmap(String id) {
    QueueEventSource source = mappings.remove(id);
    if (source == null) {
      return Reply.error(404, "ResourceNotFoundException", "No event source mapping " + id);
    }
    source.close();
    return Reply.json(202, "{\"UUID\":\"%s\",\"State\":\"Deleting\"}".formatted(id));
  }

  @Override
  public void close() {
    mappings.values().parallelStream().forEach(QueueEventSource::close);
    functions.values().parallelStream().forEach(FunctionHost::close);
    runtime.close();
  }
}
