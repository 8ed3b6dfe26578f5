package dev.pixal3d.jobs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.promise.Broken;
import dev.pixal3d.jobs.simulation.world.FaultLevel;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail. */
class DeliberateBugsTest {
  private static final Template TEMPLATE = Template.load(Path.of("../../template.yaml"));

  /** Within so many seeds each bug is found. */
  private static final int MOST_SEEDS = 100;

  @ParameterizedTest
  @EnumSource
  void the_simulation_finds(DeliberateBug bug) {
    var simulation = new Simulation(TEMPLATE, FaultLevel.HEAVY, bug::into);

    Outcome found =
        LongStream.rangeClosed(1, MOST_SEEDS)
            .mapToObj(simulation::run)
            .filter(outcome -> outcome.failure() != null)
            .findFirst()
            .orElseThrow(() -> new AssertionError("not found in " + MOST_SEEDS + " seeds"));

    assertThat(found.failure())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.invariant()).isIn(bug.breaks()));
  }
}
