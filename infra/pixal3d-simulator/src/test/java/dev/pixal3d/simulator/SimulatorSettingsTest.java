package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How pace and faults are set. */
final class SimulatorSettingsTest {

  @Test
  void are_the_defaults_when_nothing_is_given() {
    assertThat(SimulatorSettings.parse(List.of()).values())
        .containsEntry("queued-seconds", 0.5)
        .containsEntry("processing-seconds", 2.0)
        .containsEntry("submit", "ok")
        .containsEntry("glb", "real")
        .containsEntry("seed", 1L);
  }

  @Test
  void take_name_and_value_with_spaces_around() {
    assertThat(SimulatorSettings.parse(List.of(" submit = drop-after-accept ")).values())
        .containsEntry("submit", "drop-after-accept");
  }

  @Test
  void take_the_later_of_two_values() {
    assertThat(SimulatorSettings.parse(List.of("seed=2", "seed=3")).values())
        .containsEntry("seed", 3L);
  }

  @Test
  void keep_what_is_not_changed() {
    SimulatorSettings settings =
        SimulatorSettings.parse(List.of("seed=2")).with(Map.of("result", "failed"));

    assertThat(settings.values()).containsEntry("seed", 2L).containsEntry("result", "failed");
  }

  @Test
  void list_the_known_names_for_an_unknown_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSettings.parse(List.of("queue-seconds=1")))
        .withMessageStartingWith("The simulator has no setting 'queue-seconds'. It has: ")
        .withMessageContaining("queued-seconds, processing-seconds")
        .withMessageEndingWith("seed");
  }

  @Test
  void list_the_values_of_a_choice_for_an_unknown_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSettings.parse(List.of("status=maybe")))
        .withMessage(
            "The simulator's setting status takes ok, 404, 500, hang, not-json; not 'maybe'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queued-seconds=-1",
        "queued-seconds=NaN",
        "queued-seconds=Infinity",
        "queued-seconds=soon",
        "queued-seconds=",
        "poll-seconds=0",
        "poll-seconds=16",
        "callback-loss-fraction=1.1",
        "retry-after-seconds=0.5",
        "retry-after-seconds=-1",
        "seed=one",
        "media-base-url=cdn.example",
        "media-base-url=ftp://cdn.example",
        "media-base-url=http://a b",
      })
  void refuse_a_value_outside_the_range(String assignment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSettings.parse(List.of(assignment)))
        .withMessageMatching("The simulator's setting [a-z-]+ takes .*; not '.*'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seed", "=1"})
  void refuse_what_is_no_assignment(String assignment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSettings.parse(List.of(assignment)))
        .withMessageContaining("is not name=value");
  }

  @Test
  void are_all_described() {
    assertThat(SimulatorSettings.describe())
        .contains(
            SimulatorSettings.defaults().values().keySet().stream()
                .map(name -> "  " + name + "=")
                .toList());
  }

  @Test
  void take_their_own_values_back() {
    SimulatorSettings settings = SimulatorSettings.parse(List.of("callbacks=late", "seed=-5"));
    List<String> assignments =
        settings.values().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();

    assertThat(SimulatorSettings.parse(assignments).values()).isEqualTo(settings.values());
  }
}
