package dev.pixal3d.jobs.localstack;

import dev.pixal3d.jobs.local.system.RunningSystem;
import dev.pixal3d.jobs.local.system.SystemSource;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opentest4j.TestAbortedException;

/**
 * The system that this module's tests run on: with {@code -Daws.stack=NAME} the stack of that name
 * in AWS; with {@code -Plocalstack} one deployed into LocalStack, in a container or at {@code
 * LOCALSTACK_ENDPOINT}; else into an emulator in this JVM, for which no Docker is needed.
 */
public final class SystemUnderTest implements SystemSource {
  private static final AtomicBoolean HAS_SAID_WHY_NOT = new AtomicBoolean();

  /** Made by {@link java.util.ServiceLoader}. */
  public SystemUnderTest() {}

  @Override
  public RunningSystem start() {
    try {
      String stack = System.getProperty("aws.stack", "");
      return stack.isEmpty()
          ? EmulatedSystem.start(emulator(System.getenv()))
          : DeployedSystem.find(stack, System.getenv());
    } catch (TestAbortedException e) {
      if (!HAS_SAID_WHY_NOT.getAndSet(true)) {
        System.out.println(e.getMessage());
      }
      throw e;
    }
  }

  private static Emulator.Source emulator(Map<String, String> environment) {
    if (!System.getProperty("system.under.test", "").equals("localstack")) {
      return _ -> EmbeddedEmulator.start();
    }
    String endpoint = environment.getOrDefault("LOCALSTACK_ENDPOINT", "");
    return endpoint.isEmpty()
        ? DockerEmulators.container(environment)
        : DockerEmulators.running(URI.create(endpoint));
  }
}
