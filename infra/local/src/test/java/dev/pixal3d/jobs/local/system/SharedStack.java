package dev.pixal3d.jobs.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests the one system that they share, a client of it and its simulator, which behaves well
 * again at the begin of each test. A start costs more time than most tests.
 *
 * <p>It is the one that a {@link SystemSource} brings up; without any, the local stack. Tests that
 * ask for a {@link RunningStack} need more than a {@link RunningSystem} promises, and run nowhere
 * else.
 */
final class SharedStack
    implements ExecutionCondition, ParameterResolver, BeforeEachCallback, SystemSource {
  private static final List<String> WELL_BEHAVED =
      List.of(
          "glb=off",
          "queued-seconds=0.1",
          "processing-seconds=0.2",
          "callback-retry-seconds=0.1",
          "hang-seconds=3");

  @Override
  public RunningSystem start() {
    return RunningStack.Launch.quick()
        .with(
            WELL_BEHAVED.stream()
                .flatMap(setting -> List.of("--simulate", setting).stream())
                .toList())
        .start();
  }

  /** Closed when the last test has ended. */
  private record Running(RunningSystem system, @Nullable JsonNode simulatorsSettings)
      implements AutoCloseable {
    static Running on(RunningSystem system) {
      try {
        return new Running(system, system.simulator().settings());
      } catch (TestAbortedException e) {
        return new Running(system, null); // It has none.
      }
    }

    void behaveWell() {
      if (simulatorsSettings != null) {
        system.simulator().set(simulatorsSettings);
      }
    }

    /** A simulator that is not ended with the system is left as it was found. */
    @Override
    public void close() {
      behaveWell();
      system.close();
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    try {
      RunningSystem system = running(context).system;
      boolean costs =
          context
              .getTestMethod()
              .filter(test -> !test.isAnnotationPresent(CostsNothing.class))
              .isPresent();
      return costs && system.isTooDear()
          ? ConditionEvaluationResult.disabled(
              "It makes jobs, which cost money there; -Daws.stack.spend=true agrees to that")
          : ConditionEvaluationResult.enabled("There is a system");
    } catch (TestAbortedException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    running(context).behaveWell();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RunningSystem.class
        || type == RunningStack.class
        || type == Client.class
        || type == Simulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunningSystem system = running(context).system;
    Class<?> type = parameter.getParameter().getType();
    if (type == Client.class) {
      return system.client();
    }
    return type == Simulator.class ? system.simulator() : type.cast(system);
  }

  private Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedStack.class))
        .computeIfAbsent(
            Running.class,
            _ ->
                Running.on(ServiceLoader.load(SystemSource.class).findFirst().orElse(this).start()),
            Running.class);
  }
}
