package dev.pixal3d.jobs.simulation.aws;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.simulation.world.Promise;
import dev.pixal3d.jobs.simulation.world.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Lambda: runs each function of the template in sandboxes of its own. */
public final class Functions {
  /** How likely it is that a warm sandbox is used again. */
  private static final double WARM = 0.85;

  private final World world;
  private final SimulatedTable table;
  private final Map<String, String> environment;
  private final Function<Sandbox, Wiring> wiring;
  private final RandomGenerator random;
  private final Map<String, Deque<Program>> idle = new HashMap<>();
  private long sandboxes;
  private long invocations;

  /**
   * @param environment the settings of all functions
   * @param wiring how an application in a sandbox is put together
   */
  public Functions(
      World world,
      SimulatedTable table,
      Map<String, String> environment,
      Function<Sandbox, Wiring> wiring) {
    this.world = world;
    this.table = table;
    this.environment = environment;
    this.wiring = wiring;
    this.random = world.chance().of("lambda");
  }

  private record Program(Sandbox sandbox, RequestHandler<Object, Object> handler) {}

  /**
   * Calls a function that answers HTTP requests.
   *
   * @param forged whether a stranger calls
   * @return nothing if the sandbox dies or takes too long
   */
  public Promise<Optional<APIGatewayV2HTTPResponse>> request(
      FunctionResource function, APIGatewayV2HTTPEvent event, boolean forged) {
    var answer = new Promise<Optional<APIGatewayV2HTTPResponse>>();
    invoke(
        function,
        event,
        forged,
        result -> answer.keep(Optional.of((APIGatewayV2HTTPResponse) result)),
        () -> answer.keep(Optional.empty()));
    return answer;
  }

  /**
   * Calls a function with messages.
   *
   * @return the ids of those that failed; nothing if the sandbox dies or takes too long
   */
  Promise<Optional<List<String>>> batch(FunctionResource function, SQSEvent event) {
    var failed = new Promise<Optional<List<String>>>();
    invoke(
        function,
        event,
        false,
        result ->
            failed.keep(
                Optional.of(
                    ((SQSBatchResponse) result)
                        .getBatchItemFailures().stream()
                            .map(BatchItemFailure::getItemIdentifier)
                            .toList())),
        () -> failed.keep(Optional.empty()));
    return failed;
  }

  private interface Answer {
    void is(Object result);
  }

  private void invoke(
      FunctionResource function, Object event, boolean forged, Answer answer, Runnable failed) {
    long deadline = world.now() + function.timeout().toMillis();
    world.agenda().at(deadline, failed);
    world.agenda().start(() -> run(function, event, forged, deadline, answer, failed));
  }

  private void run(
      FunctionResource function,
      Object event,
      boolean forged,
      long deadline,
      Answer answer,
      Runnable failed) {
    Deque<Program> warm = idle.computeIfAbsent(function.logicalId(), _ -> new ArrayDeque<>());
    Program program =
        !warm.isEmpty() && random.nextDouble() < WARM ? warm.removeFirst() : fresh(function);
    program.sandbox().begin(new Invocation(invocations++, forged), failed);
    Object result = program.handler().handleRequest(event, new SimulatedContext(world, deadline));
    warm.addLast(program);
    answer.is(result);
  }

  private Program fresh(FunctionResource function) {
    String kind = function.logicalId().replace("Function", "").toLowerCase(Locale.ROOT);
    var sandbox = new Sandbox(world, table, kind + "-" + sandboxes++);
    var application =
        new Application(
            environment, Metrics.NONE, AwsClients.keepingConnections(), wiring.apply(sandbox));
    return new Program(sandbox, handler(function, application));
  }

  @SuppressWarnings("unchecked") // Of what type its events are the caller knows.
  private static RequestHandler<Object, Object> handler(
      FunctionResource function, Application application) {
    try {
      return Class.forName(function.handlerClass())
          .asSubclass(RequestHandler.class)
          .getConstructor(Application.class)
          .newInstance(application);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(function.handlerClass() + " cannot be made", e);
    }
  }

  /** How many invocations there were so far. */
  public long invocations() {
    return invocations;
  }
}
