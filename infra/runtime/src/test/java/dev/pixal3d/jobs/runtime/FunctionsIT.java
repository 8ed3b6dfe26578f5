package dev.pixal3d.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pixal3d.jobs.embedded.FunctionResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed of each function of template.yaml, under the runtime client that Lambda has. */
class FunctionsIT {
  private static final byte[] NO_EVENT = {'{', '}'};

  static List<FunctionResource> functions() {
    return World.functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void doesItsWorkAlsoAfterAnEventThatItCannotHandle(FunctionResource function) throws Exception {
    FunctionCase work = FunctionCase.of(function.logicalId());
    try (Rehearsal running = Rehearsal.of(function, InitializationType.ON_DEMAND).awaitInit()) {
      assertThatExceptionOfType(FunctionErrorException.class)
          .isThrownBy(() -> running.invoke(NO_EVENT))
          .satisfies(error -> {
            assertThat(error.phase()).isEqualTo(FunctionErrorException.Phase.INVOKE);
            assertThat(error.type()).isEqualTo(NullPointerException.class.getName());
          });

      work.check(running);

      assertThat(running.reasonsNotToBePrimed()).isEmpty();
      await().atMost(Duration.ofSeconds(60)).until(running::state, "State:\tT (stopped)"::equals);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void doesItsWorkRestoredFromASnapshotWithNothingLeftOfTheTimeBefore(FunctionResource function)
      throws Exception {
    FunctionCase work = FunctionCase.of(function.logicalId());
    try (Rehearsal running = Rehearsal.of(function, InitializationType.SNAP_START).awaitInit()) {
      await().atMost(Duration.ofSeconds(60)).until(running::state, "State:\tT (stopped)"::equals);

      work.check(running.restore());

      assertThat(running.reasonsNotToBePrimed()).isEmpty();
      await().atMost(Duration.ofSeconds(60)).until(running::hasToldOfAColdStart);
      assertThat(running.bytesOverConnectionsFromInit()).isZero();
      assertThat(running.accessKeys()).isNotEmpty().containsOnly(Rehearsal.KEY_OF_NOW);
    }
  }

  @Test
  void aSettingThatIsMissingShowsAsAnInitError() throws Exception {
    try (Rehearsal broken =
        Rehearsal.of(
            World.function("SubmitFunction"),
            InitializationType.ON_DEMAND,
            launch -> launch.without("TABLE_NAME"))) {
      assertThatExceptionOfType(FunctionErrorException.class)
          .isThrownBy(broken::awaitInit)
          .satisfies(error -> {
            assertThat(error.phase()).isEqualTo(FunctionErrorException.Phase.INIT);
            assertThat(error.type()).isEqualTo("dev.pixal3d.jobs.core.config.ConfigException");
            assertThat(error.words()).contains("TABLE_NAME");
          });
      await().atMost(Duration.ofSeconds(60)).until(() -> !broken.process().isAlive());
    }
  }
}
