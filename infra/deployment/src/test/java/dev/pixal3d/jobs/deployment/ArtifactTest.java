package dev.pixal3d.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.Template;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zips that template.yaml names hold what their functions need, and nothing else. */
class ArtifactTest {
  /** The pom's project.build.outputTimestamp. */
  private static final long BUILD_TIME =
      LocalDateTime.of(2026, 11, 23, 0, 0).toEpochSecond(ZoneOffset.UTC);

  private static final String LOGGING = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  static List<FunctionResource> functions() {
    return Template.load(Path.of("../../template.yaml")).functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void noJarAndNoClassOfOursIsThereThatTheHandlerDoesNotReach(FunctionResource function) {
    Artifact artifact = Artifact.of(function.codeUri());

    assertThat(artifact.unneeded(function.handlerClass())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void onlyTheFunctionsOwnClassesAndTheNameOfItsLoggingStandOutsideOfLib(
      FunctionResource function) {
    String own = function.handlerClass().replaceFirst("\\.[^.]*$", "").replace('.', '/');

    assertThat(Artifact.of(function.codeUri()).own().keySet())
        .contains(LOGGING)
        .allMatch(file -> file.equals(LOGGING) || file.startsWith(own + "/"), "is its own");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyEntryHasTheTimeOfTheBuildThatIsFixed(FunctionResource function) {
    assertThat(Artifact.of(function.codeUri()).times()).containsOnly(BUILD_TIME);
  }
}
