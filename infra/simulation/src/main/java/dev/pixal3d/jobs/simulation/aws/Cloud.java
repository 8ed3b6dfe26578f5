package dev.pixal3d.jobs.simulation.aws;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.QueueResource;
import dev.pixal3d.jobs.embedded.QueueSource;
import dev.pixal3d.jobs.embedded.Route;
import dev.pixal3d.jobs.embedded.ScheduleResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The system of the template, deployed: its table, queues, functions, routes and schedule. */
public final class Cloud {
  /** An HTTP API gives up after that ("Quotas for HTTP APIs"). */
  private static final long LONGEST_CALL_MILLIS = 30_000;

  private static final String DOMAIN = "jobs.example.com";

  private final World world;
  private final SimulatedTable table;
  private final Map<String, SimulatedQueue> queues = new LinkedHashMap<>();
  private final Map<String, FunctionResource> routes = new HashMap<>();
  private final Functions functions;
  private long requests;

  /**
   * @param settings of the functions; those that name the table and the queues are added
   * @param network the ways out of a sandbox
   * @param variant wraps or replaces parts of the applications
   */
  public Cloud(
      World world,
      Template template,
      Map<String, String> settings,
      Network network,
      UnaryOperator<Wiring> variant) {
    this.world = world;
    this.table = new SimulatedTable(world.agenda(), world.faults());
    var environment = new HashMap<>(settings);
    environment.put("TABLE_NAME", "jobs");
    environment.put("DISPATCH_QUEUE_URL", "DispatchQueue");
    environment.put("POLL_QUEUE_URL", "PollQueue");
    environment.put("NOTIFY_QUEUE_URL", "NotifyQueue");
    environment.put("SWEEP_QUEUE_URL", "SweepQueue");
    this.functions =
        new Functions(
            world,
            table,
            environment,
            sandbox -> variant.apply(new Simulated(sandbox, table, queues, network)));
    for (FunctionResource function : template.functions()) {
      for (Route route : function.routes()) {
        routes.put(route.method() + " " + route.path(), function);
      }
      for (QueueSource source : function.queueSources()) {
        queues.put(source.queueLogicalId(), queue(template, function, source));
      }
    }
    for (ScheduleResource schedule : template.schedules()) {
      SimulatedQueue target = queues.get(schedule.targetQueueLogicalId());
      if (target != null) {
        var _ = new SweepSchedule(world, table, schedule, target);
      }
    }
    world.agenda().startAt(world.now(), this::wipeQueues);
  }

  /** The ways out of a sandbox. */
  public interface Network {
    /** To Pixal3D. */
    HttpClient.Builder httpClient(Sandbox sandbox);

    /** To clients' servers. */
    WebhookSender webhooks(Sandbox sandbox);
  }

  private SimulatedQueue queue(Template template, FunctionResource consumer, QueueSource source) {
    QueueResource resource =
        template.queues().stream()
            .filter(queue -> queue.logicalId().equals(source.queueLogicalId()))
            .findFirst()
            .orElseThrow();
    return new SimulatedQueue(world, resource, consumer, source.batchSize(), functions);
  }

  private void wipeQueues() {
    RandomGenerator random = world.faults().of(Fault.QUEUE_WIPED);
    while (world.now() < world.faults().endMillis()) {
      for (SimulatedQueue queue : queues.values()) {
        if (world.faults().strikes(Fault.QUEUE_WIPED)) {
          queue.wipe();
        }
      }
      world.agenda().pause(1 + random.nextLong(600_000));
    }
  }

  /**
   * What a sandbox's application is made of.
   *
   * @param queues by what the settings name them by
   */
  private record Simulated(
      Sandbox sandbox, SimulatedTable table, Map<String, SimulatedQueue> queues, Network network)
      implements Wiring {
    @Override
    public <T> T part(Class<T> kind, Supplier<? extends T> made) {
      Map<Class<?>, Supplier<Object>> parts =
          Map.of(
              DynamoDbClient.class, () -> new SimulatedDynamoDb(table, sandbox),
              SqsClient.class, () -> new SimulatedSqs(queues, sandbox),
              InstantSource.class, sandbox::clock,
              RandomGenerator.class, sandbox::random,
              HttpClient.Builder.class, () -> network.httpClient(sandbox),
              WebhookSender.class, () -> network.webhooks(sandbox));
      Supplier<?> part = parts.get(kind);
      return kind.cast((part == null ? made : part).get());
    }
  }

  /**
   * A request over HTTP, by the process that calls.
   *
   * @param route as the template has it
   * @param path what stands for the names in the route
   * @param forged whether a stranger makes it
   * @return nothing if no answer came in time
   */
  public Optional<APIGatewayV2HTTPResponse> call(
      String route,
      Map<String, String> path,
      Map<String, String> headers,
      @Nullable String body,
      boolean forged) {
    FunctionResource function = routes.get(route);
    if (function == null) {
      throw new IllegalArgumentException("The template has no route " + route);
    }
    var event = new APIGatewayV2HTTPEvent();
    event.setRouteKey(route);
    event.setPathParameters(path);
    event.setHeaders(headers);
    event.setBody(body);
    event.setIsBase64Encoded(false);
    event.setRequestContext(
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withRequestId("request-" + requests++)
            .withDomainName(DOMAIN)
            .build());
    var answer = functions.request(function, event, forged);
    return world.agenda().await(answer, LONGEST_CALL_MILLIS).flatMap(whole -> whole);
  }

  public SimulatedTable table() {
    return table;
  }

  /** The name of a queue that is not empty, if there is one. */
  public Optional<String> fullQueue() {
    return queues.values().stream()
        .filter(queue -> !queue.isEmpty())
        .map(SimulatedQueue::name)
        .findFirst();
  }

  /** How many times functions were called so far. */
  public long invocations() {
    return functions.invocations();
  }
}
