package dev.pixal3d.jobs.localstack;

import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.embedded.Route;
import dev.pixal3d.jobs.embedded.ScheduleResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.local.runtime.ApiDocs;
import dev.pixal3d.jobs.local.runtime.FunctionHost;
import dev.pixal3d.jobs.local.runtime.HttpFront;
import dev.pixal3d.jobs.local.runtime.RouteTable;
import dev.pixal3d.jobs.local.runtime.ScheduleSource;
import dev.pixal3d.jobs.local.system.Client;
import dev.pixal3d.jobs.local.system.Queues;
import dev.pixal3d.jobs.local.system.Receiver;
import dev.pixal3d.jobs.local.system.RunningSystem;
import dev.pixal3d.jobs.local.system.Simulator;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The system deployed into an emulator of AWS. Pixal3D's simulator and the clients' servers are in
 * this JVM, and so is what stands before the functions: the HTTP API of {@code infra/local}, which
 * hands each request to its function as the event that API Gateway would make of it.
 */
final class EmulatedSystem implements RunningSystem {
  private static final Path TEMPLATE = Path.of("../../template.yaml");
  private static final Path OPENAPI = Path.of("../openapi.yaml");
  private static final String KEY = "YOUR_API_KEY";
  private static final String PIXAL3D_KEY = "simulators-key";
  private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Emulators that take a schedule do not all heed it, and a minute is long for a test. */
  private static final Duration SWEEP_RATE = Duration.ofSeconds(2);

  /** Times so short that a test can wait for them, and few functions at once. */
  private static final Map<String, String> QUICK =
      Map.of(
          "FirstPollSeconds", "20", // the callback's function may only just be starting
          "PollMaxSeconds", "20",
          "DispatchBackoffSeconds", "1",
          "UnknownGraceSeconds", "30",
          "MaxConcurrentDispatch", "2",
          "MaxConcurrentNotify", "2");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Pixal3dSimulator pixal3d;
  private final int receiversPort;
  private final Emulator emulator;
  private final Aws aws;
  private final Template template;
  private final Deployment deployment;
  private final HttpFront front;

  private EmulatedSystem(Pixal3dSimulator pixal3d, int receiversPort, Emulator emulator) {
    this.pixal3d = add(pixal3d);
    this.receiversPort = receiversPort;
    this.emulator = emulator;
    add(emulator.resources());
    this.aws = add(Aws.at(emulator.endpoint()));
    this.template = Template.load(TEMPLATE, QUICK);
    this.deployment = add(new Deployment(aws, template));
    this.front = add(bindFront());
  }

  /** Deploys it into the emulator that a source gives. */
  static EmulatedSystem start(Emulator.Source source) {
    Pixal3dSimulator pixal3d = startPixal3d();
    int receiversPort = freePort();
    EmulatedSystem system;
    try {
      Emulator emulator = source.start(List.of(pixal3d.baseUri().getPort(), receiversPort));
      system = new EmulatedSystem(pixal3d, receiversPort, emulator);
    } catch (RuntimeException e) {
      pixal3d.close();
      throw e;
    }
    try {
      system.deploy();
      system.register();
      system.serve();
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void deploy() {
    deployment.createTable();
    deployment.createQueues();
    Map<String, String> parameters =
        Map.of(
            "Pixal3dBaseUrl", pixal3d.baseUri().toString(),
            "Pixal3dApiKey", deployment.createSecret("Pixal3dApiKey", PIXAL3D_KEY),
            "PublicUrl", api().toString());
    Map<String, String> variables = new HashMap<>();
    variables.put("ALLOW_LOOPBACK", "true");
    variables.put("CLOCKS_APART_SECONDS", "0");
    Deployment.ZipSource zips = function -> function.codeUri();
    String thisMachine = emulator.thisMachine();
    if (thisMachine != null) {
      variables.put(
          "JAVA_TOOL_OPTIONS",
          LoopbackBridge.jvmOption(
              thisMachine, List.of(pixal3d.baseUri().getPort(), receiversPort)));
      Path folder = folder("zips");
      zips =
          function ->
              LoopbackBridge.addedTo(
                  function.codeUri(), folder.resolve(function.logicalId() + ".zip"));
    }
    deployment.createFunctions(
        parameters, deployment.createSecret("CallbackSecret", "a-secret"), variables, zips);
  }

  private void register() {
    ClientStore clients = new DynamoDbClientStore(aws.dynamoDb(), deployment.tableName());
    clients.put(new ClientStore.Client("local", true, List.of(WEBHOOK_SECRET)));
    clients.putKey(KEY, "local");
  }

  private void serve() {
    Map<Route, FunctionHost> routes = new HashMap<>();
    template
        .functions()
        .forEach(function -> {
          FunctionHost host = add(new LambdaFunction(deployment.aliasOf(function), aws.lambda()));
          function.routes().forEach(route -> routes.put(route, host));
        });
    for (ScheduleResource schedule : template.schedules()) {
      add(
          ScheduleSource.start(
              schedule,
              SWEEP_RATE,
              deployment.queueUrl(schedule.targetQueueLogicalId()),
              aws.sqs()));
    }
    front.open(RouteTable.of(routes), ApiDocs.of(OPENAPI));
  }

  private static Pixal3dSimulator startPixal3d() {
    try {
      return Pixal3dSimulator.start(
          new Pixal3dSimulator.Options(
              0,
              folder("pixal3d"),
              PIXAL3D_KEY,
              SimulatorSettings.parse(
                  List.of(
                      "glb=off",
                      "queued-seconds=0.1",
                      "processing-seconds=0.2",
                      "callback-retry-seconds=0.1"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpFront bindFront() {
    try {
      return HttpFront.bind(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody takes it until the first receiver does: ports are not given out again so soon. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String name) {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/emulated")), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  private URI api() {
    return URI.create("http://localhost:" + front.port());
  }

  @Override
  public Client client() {
    return new Client(api(), KEY);
  }

  @Override
  public Simulator simulator() {
    return new Simulator(pixal3d.baseUri());
  }

  @Override
  public Receiver receiver() {
    return Receiver.start(receiversPort);
  }

  @Override
  public String webhookSecret() {
    return WEBHOOK_SECRET;
  }

  @Override
  public Queues queues() {
    return Queues.at(emulator.endpoint(), deployment.prefix());
  }

  @Override
  public Pace pace() {
    return new Pace(PATIENCE, PATIENCE, PATIENCE);
  }

  @Override
  public boolean isTooDear() {
    return false;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) { // AutoCloseable declares no less.
        throw new IllegalStateException("The system could not be taken down", e);
      }
    }
  }
}
