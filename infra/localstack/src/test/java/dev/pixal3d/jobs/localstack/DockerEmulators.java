package dev.pixal3d.jobs.localstack;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.model.Container;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** Emulators that run each function in a container of its own. */
final class DockerEmulators {
  /** The last one that needs no token. */
  private static final String DEFAULT_IMAGE = "localstack/localstack:4.14.0";

  private static final String NO_DOCKER =
      "SKIPPED: the system tests on LocalStack need Docker, which is not available here"
          + " (or LOCALSTACK_ENDPOINT, an emulator that already runs)";

  private DockerEmulators() {}

  /**
   * A container of {@code LOCALSTACK_IMAGE}.
   *
   * @throws org.opentest4j.TestAbortedException if there is no Docker
   */
  static Emulator.Source container(Map<String, String> environment) {
    return ports -> {
      if (!hasDocker()) {
        return abort(NO_DOCKER);
      }
      String thisMachine = expose(ports);
      LocalStackContainer container = container(image(environment), environment);
      container.start();
      return new Emulator(container.getEndpoint(), thisMachine, container::stop);
    };
  }

  private static LocalStackContainer container(
      DockerImageName image, Map<String, String> environment) {
    LocalStackContainer container =
        new LocalStackContainer(image)
            // Seconds until a function has to be up. Java in a new container takes its time.
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120");
    String token = environment.getOrDefault("LOCALSTACK_AUTH_TOKEN", "");
    return token.isEmpty() ? container : container.withEnv("LOCALSTACK_AUTH_TOKEN", token);
  }

  private static DockerImageName image(Map<String, String> environment) {
    String image = environment.getOrDefault("LOCALSTACK_IMAGE", "");
    return DockerImageName.parse(image.isEmpty() ? DEFAULT_IMAGE : image)
        .asCompatibleSubstituteFor("localstack/localstack");
  }

  /** One that already runs. Without Docker its functions can only run on this machine itself. */
  static Emulator.Source running(URI endpoint) {
    return ports -> new Emulator(endpoint, hasDocker() ? expose(ports) : null, () -> {});
  }

  private static boolean hasDocker() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /**
   * Lets containers of Docker's default network reach ports of 127.0.0.1 here, under the address
   * that is returned: that of a container which forwards them. Testcontainers tells it only the
   * containers that it starts itself, which those of the functions are not.
   */
  private static String expose(List<Integer> ports) {
    Testcontainers.exposeHostPorts(ports.stream().mapToInt(Integer::intValue).toArray());
    return DockerClientFactory.instance()
        .client()
        .listContainersCmd()
        .withLabelFilter(
            Map.of(
                DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL,
                DockerClientFactory.SESSION_ID))
        .exec()
        .stream()
        .filter(container -> container.getImage().contains("testcontainers/sshd"))
        .map(DockerEmulators::address)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("Testcontainers runs no container that forwards ports"));
  }

  private static String address(Container container) {
    return container.getNetworkSettings().getNetworks().values().stream()
        .map(network -> String.valueOf(network.getIpAddress()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(Arrays.toString(container.getNames()) + " is in no network"));
  }
}
