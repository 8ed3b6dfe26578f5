package dev.pixal3d.jobs.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one stack that they share, a client of it and its simulator, which behaves well
 * again at the begin of each test. A start costs more time than most tests.
 */
final class SharedStack implements ParameterResolver, BeforeEachCallback {
  static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final List<String> WELL_BEHAVED =
      List.of(
          "glb=off",
          "queued-seconds=0.1",
          "processing-seconds=0.2",
          "callback-retry-seconds=0.1",
          "hang-seconds=3");

  /** Closed when the last test has ended. */
  private record Running(RunningStack stack, JsonNode settings) implements AutoCloseable {
    static Running start() {
      RunningStack stack =
          RunningStack.Launch.quick()
              .with(List.of("--webhook-secret", WEBHOOK_SECRET))
              .with(
                  WELL_BEHAVED.stream()
                      .flatMap(setting -> List.of("--simulate", setting).stream())
                      .toList())
              .start();
      return new Running(stack, stack.simulator().settings());
    }

    @Override
    public void close() {
      stack.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Running running = running(context);
    running.stack.simulator().set(running.settings);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RunningStack.class || type == Client.class || type == Simulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunningStack stack = running(context).stack;
    Class<?> type = parameter.getParameter().getType();
    if (type == Client.class) {
      return stack.client();
    }
    return type == Simulator.class ? stack.simulator() : stack;
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedStack.class))
        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
  }
}
