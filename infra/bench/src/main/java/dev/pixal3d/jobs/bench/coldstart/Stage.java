package dev.pixal3d.jobs.bench.coldstart;

import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.runtime.Artifact;
import dev.pixal3d.jobs.runtime.CredentialsEndpoint;
import dev.pixal3d.jobs.runtime.CredentialsEndpoint.Credentials;
import dev.pixal3d.jobs.runtime.Events;
import dev.pixal3d.jobs.runtime.FunctionLaunch;
import dev.pixal3d.jobs.runtime.InitializationType;
import dev.pixal3d.jobs.runtime.RuntimeClient;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What functions find around them: the table and the queues of template.yaml, a simulated Pixal3D,
 * a client's server; and for each function an event that has it do what it is there for.
 */
final class Stage implements AutoCloseable {
  private static final String API_KEY = "the-key";
  private static final String CLIENT = "acme";
  private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String CALLBACK_SECRET = "a-secret";
  private static final String UPSTREAM_KEY = "upstream-key";
  private static final URI PUBLIC_URL = URI.create("https://api.example.com");
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  private static final String REQUEST =
      """
      {"image_url":"https://images.example.com/2026/11/23/dog.png","resolution":1024,\
      "texture_size":2048,"seed":42}\
      """;

  private final Path home;
  private final Template template;
  private final Path folder;
  private final EmbeddedAws aws;
  private final Pixal3dSimulator pixal3d;
  private final HttpServer clientsServer;
  private final CredentialsEndpoint credentials =
      CredentialsEndpoint.open(
          () -> new Credentials("AKIALOCAL", Instant.now().plus(Duration.ofHours(6))));
  private final RuntimeClient client;
  private final Map<Path, Artifact> artifacts = new HashMap<>();

  Stage(Path home) throws IOException {
    this.home = home;
    this.template = Template.load(home.resolve("template.yaml"));
    this.folder = Files.createTempDirectory("pixal3d-bench");
    this.aws = EmbeddedAws.start(template, null);
    this.pixal3d = startPixal3d(folder.resolve("pixal3d"));
    this.clientsServer = startClientsServer();
    this.client = RuntimeClient.unpack(folder.resolve("client"));
    var clients = new DynamoDbClientStore(aws.dynamoDb(), aws.tableName());
    clients.put(new Client(CLIENT, true, List.of(WEBHOOK_SECRET)));
    clients.putKey(API_KEY, CLIENT);
  }

  private static Pixal3dSimulator startPixal3d(Path data) throws IOException {
    return Pixal3dSimulator.start(
        new Pixal3dSimulator.Options(
            0,
            data,
            UPSTREAM_KEY,
            SimulatorSettings.parse(
                List.of("glb=off", "callbacks=lost", "queued-seconds=0", "processing-seconds=0"))));
  }

  private static HttpServer startClientsServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private URI clientsUrl() {
    return URI.create("http://127.0.0.1:" + clientsServer.getAddress().getPort() + "/hook");
  }

  List<FunctionResource> functions() {
    return template.functions();
  }

  URI dynamoDbEndpoint() {
    return aws.dynamoDbEndpoint();
  }

  URI sqsEndpoint() {
    return aws.sqsEndpoint();
  }

  /** A function of ours as it is deployed. */
  FunctionLaunch ours(FunctionResource function, InitializationType initialization) {
    Map<String, String> environment =
        new HashMap<>(
            template.environmentOf(
                function,
                Map.of(
                    "Pixal3dBaseUrl", pixal3d.baseUri().toString(),
                    "Pixal3dApiKey", UPSTREAM_KEY,
                    "PublicUrl", PUBLIC_URL.toString()),
                aws.physicalIds().with("CallbackSecret", CALLBACK_SECRET)));
    environment.put("ALLOW_LOOPBACK", "true");
    environment.putAll(surroundings(initialization));
    return launch(function, environment, initialization);
  }

  /**
   * The least that does the same calls, on a job's item of its own.
   *
   * @param calls of AWS, by their operations
   */
  FunctionLaunch bare(FunctionResource function, List<String> calls) {
    boolean http = !function.routes().isEmpty();
    var bare =
        new FunctionResource(
            function.logicalId(),
            "dev.pixal3d.jobs.bench.bare." + (http ? "BareHttpHandler" : "BareSqsHandler"),
            home.resolve("infra/bench/bare/target/bare.zip"),
            function.timeout(),
            function.memoryMegabytes(),
            function.routes(),
            function.queueSources());
    var environment = new HashMap<>(surroundings(InitializationType.ON_DEMAND));
    environment.put("TABLE_NAME", aws.tableName());
    environment.put("DISPATCH_QUEUE_URL", aws.queueUrl("DispatchQueue"));
    environment.put("BARE_CALLS", String.join(",", calls));
    environment.put("BARE_ITEM", job(clientsUrl(), accepted()).id().value());
    environment.put("BARE_POST_URL", clientsUrl().toString());
    return launch(bare, environment, InitializationType.ON_DEMAND);
  }

  private Map<String, String> surroundings(InitializationType initialization) {
    var all = new HashMap<String, String>();
    all.put("AWS_ENDPOINT_URL_DYNAMODB", aws.dynamoDbEndpoint().toString());
    all.put("AWS_ENDPOINT_URL_SQS", aws.sqsEndpoint().toString());
    all.put("AWS_REGION", aws.region());
    if (initialization == InitializationType.SNAP_START) {
      all.putAll(credentials.variables());
    } else {
      all.put("AWS_ACCESS_KEY_ID", "AKIALOCAL");
      all.put("AWS_SECRET_ACCESS_KEY", "local");
      all.put("AWS_SESSION_TOKEN", "local");
    }
    return all;
  }

  private FunctionLaunch launch(
      FunctionResource function,
      Map<String, String> environment,
      InitializationType initialization) {
    Artifact artifact =
        artifacts.computeIfAbsent(
            function.codeUri(),
            zip -> Artifact.unpack(zip, folder.resolve(zip.getFileName().toString())));
    return new FunctionLaunch(
            function, artifact, client, environment, initialization, Stage::keepQuiet)
        .with(List.of("-XX:ActiveProcessorCount=1"), List.of());
  }

  private static void keepQuiet(String line) {}

  /** What a function asks of somebody who is not AWS; here, all the same, with a POST. */
  static List<String> posts(FunctionResource function) {
    return switch (function.logicalId()) {
      case "DispatchFunction", "NotifyFunction", "PollerFunction" -> List.of("POST");
      default -> List.of();
    };
  }

  /** An event for which a function does what it is there for; each is good for once. */
  byte[] event(FunctionResource function) {
    return switch (function.logicalId()) {
      case "SubmitFunction" -> http("POST", "/pixal3d/v1/pixal3d-request", Map.of(), REQUEST);
      case "StatusFunction" ->
          http("GET", "/v2/requests/status/{request_id}", id(job(null, completed())), null);
      case "ControlFunction" ->
          http("POST", "/v2/requests/{request_id}/cancel", id(job(null)), null);
      case "WebhookFunction" -> callback(job(null, accepted()));
      case "DispatchFunction" -> {
        Job job = job(null);
        yield sqs(new JobMessage.Dispatch(job.id(), job.attempt(), Duration.ZERO));
      }
      case "NotifyFunction" -> {
        Job job = job(clientsUrl(), accepted(), completed());
        yield sqs(new JobMessage.Notify(job.id(), job.attempt(), Duration.ZERO));
      }
      case "PollerFunction" -> {
        Job job = job(null, accepted());
        yield sqs(new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO));
      }
      default ->
          throw new IllegalStateException(
              "template.yaml has %s, this bench has no event for it"
                  .formatted(function.logicalId()));
    };
  }

  private static Event accepted() {
    return new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
  }

  private static Event completed() {
    return new Event.CalledBack(Jobs.report(JobStatus.COMPLETED));
  }

  private byte[] http(
      String method, String route, Map<String, String> parameters, @Nullable String body) {
    return Events.http(method, route, parameters, API_KEY, body);
  }

  private static byte[] sqs(JobMessage message) {
    return Events.sqs(JobMessageJson.write(message));
  }

  private static Map<String, String> id(Job job) {
    return Map.of("request_id", job.id().value());
  }

  private byte[] callback(Job job) {
    String url =
        new CallbackTokens(() -> List.of(CALLBACK_SECRET))
            .callbackUrl(PUBLIC_URL, job.id())
            .getPath();
    return http(
        "POST",
        "/callbacks/{request_id}/{token}",
        Map.of("request_id", job.id().value(), "token", url.substring(url.lastIndexOf('/') + 1)),
        """
        {"request_id":"%s","status":"COMPLETED","error":null,
         "output":{"media_url":["https://pub-1.r2.dev/v1/output.glb"],"media_type":"model/glb"}}
        """
            .formatted(Jobs.UPSTREAM_ID));
  }

  /** A job to which all this has happened just now. */
  private Job job(@Nullable URI webhookUrl, Event... events) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var id = new RequestIds(InstantSource.system(), new SecureRandom()).get();
    var order = new Job.Order(REQUEST, webhookUrl, WebhookMode.TERMINAL, PUBLIC_URL);
    Job job = Jobs.after(LIFECYCLE, LIFECYCLE.accept(id, CLIENT, order, now).job(), now, events);
    new DynamoDbJobStore(aws.dynamoDb(), aws.tableName(), 16, new SecureRandom()).create(job);
    return job;
  }

  @Override
  public void close() {
    clientsServer.stop(0);
    pixal3d.close();
    credentials.close();
    aws.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not clear " + folder, e);
    }
  }
}
