package dev.pixal3d.jobs.local;

import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.config.ConfigException;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.PhysicalIds;
import dev.pixal3d.jobs.embedded.QueueSource;
import dev.pixal3d.jobs.embedded.Route;
import dev.pixal3d.jobs.embedded.ScheduleResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.embedded.TemplateException;
import dev.pixal3d.jobs.local.runtime.ApiDocs;
import dev.pixal3d.jobs.local.runtime.FunctionHost;
import dev.pixal3d.jobs.local.runtime.FunctionInJvm;
import dev.pixal3d.jobs.local.runtime.HttpFront;
import dev.pixal3d.jobs.local.runtime.InvocationFailedException;
import dev.pixal3d.jobs.local.runtime.LambdaRuntime;
import dev.pixal3d.jobs.local.runtime.QueueEventSource;
import dev.pixal3d.jobs.local.runtime.RouteTable;
import dev.pixal3d.jobs.local.runtime.ScheduleSource;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The whole system in this JVM: DynamoDB Local, ElasticMQ, the functions, what calls them, and a
 * Pixal3D simulator, wired from the template itself. At most one a JVM, since the functions' AWS
 * clients find their way by system properties.
 */
public final class LocalStack implements AutoCloseable {
  private static final String SIMULATORS_KEY = "local-simulator";
  private static final int SECRET_BYTES = 32;

  static {
    // DynamoDB Local's log4j first wakes up when the JVM stops, and says so on stdout.
    System.setProperty("log4j.shutdownHookEnabled", "false");
  }

  private final LocalStackOptions options;
  private final OpenParts parts;
  private final DataDirectory data;
  private final HttpFront front;
  private final String webhookSecret;
  private @Nullable PictureServer pictures;
  private @Nullable URI pixal3d;
  private @Nullable String operatorsOptions;

  private LocalStack(LocalStackOptions options, OpenParts parts) {
    this.options = options;
    this.parts = parts;
    this.data = parts.add(DataDirectory.open(options.dataDirectory()));
    this.front = parts.add(bind(options.port()));
    this.webhookSecret =
        options.webhookSecret() == null
            ? data.kept("webhook-secret", () -> "whsec_" + randomSecret())
            : options.webhookSecret();
  }

  /**
   * Starts everything; from the return on the API answers.
   *
   * @throws LocalStackException if something does not start; the message tells what to do
   */
  public static LocalStack start(LocalStackOptions options) {
    return start(options, new OpenParts());
  }

  /** As above; whoever holds the parts can close them while the start still goes on. */
  static LocalStack start(LocalStackOptions options, OpenParts parts) {
    try {
      LocalStack stack = new LocalStack(options, parts);
      stack.bringUp();
      return stack;
    } catch (TemplateException | InvocationFailedException | ConfigException e) {
      parts.close();
      throw new LocalStackException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private void bringUp() {
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      Settings settings = new Settings(options.settings());
      Template defaults = Template.load(options.template());
      Template template = Template.load(options.template(), settings.parametersOf(defaults));
      requireUsable(settings);
      CompletableFuture<URI> upstream =
          CompletableFuture.supplyAsync(this::startUpstream, starters);
      CompletableFuture<PictureServer> pictureServer =
          CompletableFuture.supplyAsync(this::startPictures, starters);
      EmbeddedAws aws = startAws(template);
      pixal3d = result(upstream);
      pictures = result(pictureServer);
      LocalClient.register(aws, options.apiKey(), webhookSecret);
      connect(template, settings, aws, load(template, settings, aws, pixal3d, starters));
    }
  }

  private EmbeddedAws startAws(Template template) {
    try {
      EmbeddedAws aws =
          parts.add(
              EmbeddedAws.start(template, data.isTemporary() ? null : data.folder("dynamodb")));
      // Read by the functions' own AWS clients, which are made as on AWS (SDK for Java developer
      // guide, "Service-specific endpoints").
      System.setProperty("aws.endpointUrlDynamoDb", aws.dynamoDbEndpoint().toString());
      System.setProperty("aws.endpointUrlSqs", aws.sqsEndpoint().toString());
      System.setProperty("aws.region", aws.region());
      System.setProperty("aws.accessKeyId", "local");
      System.setProperty("aws.secretAccessKey", "local");
      operatorsOptions =
          "--endpoint-url dynamodb=%s --endpoint-url sqs=%s"
              .formatted(aws.dynamoDbEndpoint(), aws.sqsEndpoint());
      return aws;
    } catch (IllegalStateException e) {
      throw new LocalStackException(String.valueOf(e.getMessage()), e);
    }
  }

  private URI startUpstream() {
    return switch (options.upstream()) {
      case Upstream.Elsewhere elsewhere -> elsewhere.baseUrl();
      case Upstream.Simulated simulated -> {
        Pixal3dSimulator simulator =
            parts.add(startSimulator(simulated.settings(), data.port("simulator-port")));
        data.keepPort("simulator-port", simulator.baseUri().getPort());
        yield simulator.baseUri();
      }
    };
  }

  private Pixal3dSimulator startSimulator(SimulatorSettings settings, int port) {
    try {
      return Pixal3dSimulator.start(
          new Pixal3dSimulator.Options(port, data.folder("simulator"), SIMULATORS_KEY, settings));
    } catch (IOException e) {
      if (port != 0 && e.getCause() instanceof BindException) {
        return startSimulator(settings, 0); // What took the kept port was there first.
      }
      throw new LocalStackException(
          "The simulator did not start: " + LocalStackException.reason(e), e);
    }
  }

  private PictureServer startPictures() {
    PictureServer server =
        parts.add(PictureServer.start(data.folder("pictures"), data.port("pictures-port")));
    data.keepPort("pictures-port", server.port());
    return server;
  }

  private Map<FunctionResource, FunctionHost> load(
      Template template,
      Settings settings,
      EmbeddedAws aws,
      URI upstream,
      ExecutorService starters) {
    Map<String, String> parameters =
        settings
            .with("PIXAL3D_BASE_URL", upstream.toString())
            .with("PIXAL3D_API_KEY", upstreamKey())
            .with("PUBLIC_URL", publicUrl().toString())
            .parametersOf(template);
    PhysicalIds ids =
        aws.physicalIds()
            .with("CallbackSecret", data.kept("callback-secret", LocalStack::randomSecret));
    BiFunction<FunctionResource, Map<String, String>, FunctionHost> loader =
        options.runtime() ? openRuntime(aws)::load : FunctionInJvm::load;
    Map<FunctionResource, CompletableFuture<FunctionHost>> loading = new HashMap<>();
    for (FunctionResource function : template.functions()) {
      Map<String, String> environment =
          new HashMap<>(template.environmentOf(function, parameters, ids));
      environment.put("ALLOW_LOOPBACK", "true");
      environment.put("CLOCKS_APART_SECONDS", "0");
      loading.put(
          function,
          CompletableFuture.supplyAsync(
              () -> parts.add(loader.apply(function, environment)), starters));
    }
    Map<FunctionResource, FunctionHost> functions = new HashMap<>();
    loading.forEach((function, host) -> functions.put(function, result(host)));
    return functions;
  }

  private LambdaRuntime openRuntime(EmbeddedAws aws) {
    parts.add(() -> data.emptyFolder("functions"));
    return parts.add(LambdaRuntime.open(aws, data.emptyFolder("functions"), functionLogs()));
  }

  /** Opens what calls the functions, each as the last part, so that it is closed before them. */
  private void connect(
      Template template,
      Settings settings,
      EmbeddedAws aws,
      Map<FunctionResource, FunctionHost> functions) {
    parts.add(() -> functions.values().parallelStream().forEach(FunctionHost::close));
    List<QueueEventSource> sources = new ArrayList<>();
    parts.add(() -> sources.parallelStream().forEach(QueueEventSource::close));
    Map<Route, FunctionHost> routes = new HashMap<>();
    functions.forEach((function, host) -> {
      function.routes().forEach(route -> routes.put(route, host));
      function.queueSources().forEach(source -> sources.add(listen(source, aws, host)));
    });
    for (ScheduleResource schedule : template.schedules()) {
      parts.add(
          ScheduleSource.start(
              schedule,
              settings.sweepRate().orElse(schedule.rate()),
              aws.queueUrl(schedule.targetQueueLogicalId()),
              aws.sqs()));
    }
    parts
        .add(front)
        .open(
            RouteTable.of(routes),
            ApiDocs.of(options.template().resolveSibling("infra/openapi.yaml")));
  }

  /** Functions read a setting when they first need it; a person wants to hear of a slip now. */
  private void requireUsable(Settings settings) {
    var _ = settings.sweepRate();
    Config config =
        new Config(
            settings
                .with("PIXAL3D_BASE_URL", upstreamsUrl())
                .with("PUBLIC_URL", publicUrl().toString())
                .with("ALLOW_LOOPBACK", "true")
                .values());
    config.pixal3dBaseUrl();
    config.publicUrl();
    config.acceptSubmits();
    config.lifecycle();
    config.readBackCallbacks();
    config.mediaHosts();
    config.dueShards();
  }

  private QueueEventSource listen(QueueSource source, EmbeddedAws aws, FunctionHost host) {
    String name = source.queueLogicalId();
    return QueueEventSource.start(
        source,
        new QueueEventSource.Queue(
            aws.queueUrl(name),
            String.valueOf(aws.physicalIds().values().get(name + ".Arn")),
            aws.region()),
        host,
        aws.sqs(),
        front.foreground());
  }

  private static HttpFront bind(int port) {
    try {
      return HttpFront.bind(port);
    } catch (IOException e) {
      throw new LocalStackException(
          "Port %d of 127.0.0.1 is not free (%s). Stop what uses it, or take another one with --port; --port 0 finds a free one."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private static <T> T result(CompletableFuture<T> part) {
    try {
      return part.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String randomSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  /** The simulator's is not known before it runs, and needs no check. */
  private String upstreamsUrl() {
    return switch (options.upstream()) {
      case Upstream.Simulated _ -> "http://127.0.0.1";
      case Upstream.Elsewhere elsewhere -> elsewhere.baseUrl().toString();
    };
  }

  private String upstreamKey() {
    return switch (options.upstream()) {
      case Upstream.Simulated _ -> SIMULATORS_KEY;
      case Upstream.Elsewhere elsewhere -> elsewhere.key();
    };
  }

  /** Where the API answers on this machine. */
  public URI api() {
    return URI.create("http://localhost:" + front.port());
  }

  /** The base of the URLs that are given out, to clients and to Pixal3D. */
  public URI publicUrl() {
    return options.publicUrl() == null ? api() : options.publicUrl();
  }

  /** Where Pixal3D is: the simulator, or the one that was named. */
  public URI pixal3d() {
    return started(pixal3d);
  }

  /** What webhooks are signed with. */
  public String webhookSecret() {
    return webhookSecret;
  }

  /** Where the functions' logs are, with processes of their own. */
  public Path functionLogs() {
    return data.folder("logs");
  }

  /** What tells the operator's tool where the table and the queues are. */
  public String operatorsOptions() {
    return started(operatorsOptions);
  }

  /** Serves a picture file of this machine on loopback, and tells under which URL. */
  public URI publish(Path picture) {
    return started(pictures).publish(picture);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The stack is not up yet");
    }
    return part;
  }

  /** Stops everything. What is kept in a data directory stays there. */
  @Override
  public void close() {
    parts.close();
  }
}
