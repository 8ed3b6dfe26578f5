package dev.pixal3d.jobs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.outside.JobPlan;
import dev.pixal3d.jobs.simulation.world.Chance;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.FaultLevel;
import dev.pixal3d.jobs.simulation.world.Strike;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  private static final Template TEMPLATE = Template.load(Path.of("../../template.yaml"));

  private static Simulation simulation(FaultLevel level) {
    return new Simulation(TEMPLATE, level, wiring -> wiring);
  }

  @ParameterizedTest
  @EnumSource
  void every_promise_is_kept_in_a_hundred_seeds_of(FaultLevel level) throws InterruptedException {
    Seeds.Result result = new Seeds(() -> simulation(level), 2).run(1, 100, _ -> {});

    assertThat(result.failed()).extracting(Outcome::seed, Outcome::failure).isEmpty();
    assertThat(result.runs()).isEqualTo(100);
  }

  @Test
  void a_seed_gives_the_same_run_again_step_for_step() {
    List<String> first = simulation(FaultLevel.HEAVY).run(7, _ -> true, _ -> true, true).trace();
    List<String> second = simulation(FaultLevel.HEAVY).run(7, _ -> true, _ -> true, true).trace();

    assertThat(first).hasSizeGreaterThan(500);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void a_run_is_the_same_whether_its_trace_is_kept_or_not() {
    Outcome kept = simulation(FaultLevel.HEAVY).run(8, _ -> true, _ -> true, true);
    Outcome not = simulation(FaultLevel.HEAVY).run(8);

    assertThat(not.steps()).isEqualTo(kept.steps());
    assertThat(not.struck()).isEqualTo(kept.struck());
  }

  @Test
  void each_seed_has_ten_jobs_at_least_and_one_in_twenty_is_sync() {
    List<List<JobPlan>> scenarios =
        LongStream.range(0, 2_000).mapToObj(seed -> Scenario.of(new Chance(seed)).plans()).toList();
    long jobs = scenarios.stream().mapToLong(List::size).sum();
    long sync = scenarios.stream().flatMap(List::stream).filter(JobPlan::sync).count();

    assertThat(scenarios).allSatisfy(plans -> assertThat(plans).hasSizeGreaterThanOrEqualTo(10));
    assertThat((double) sync / jobs).isBetween(0.04, 0.06);
  }

  @Test
  void every_kind_of_fault_comes_about() {
    Set<Fault> struck =
        LongStream.rangeClosed(1, 60)
            .mapToObj(simulation(FaultLevel.HEAVY)::run)
            .flatMap(outcome -> outcome.struck().stream())
            .map(Strike::fault)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));

    assertThat(EnumSet.complementOf(EnumSet.copyOf(struck))).isEmpty();
  }

  @Test
  void a_failing_run_is_shrunk_to_a_few_faults_and_jobs() {
    var broken =
        new Simulation(TEMPLATE, FaultLevel.HEAVY, DeliberateBug.SILENCE_TAKEN_FOR_REFUSAL::into);
    Outcome failed =
        LongStream.rangeClosed(1, 150)
            .mapToObj(broken::run)
            .filter(outcome -> outcome.failure() != null)
            .findFirst()
            .orElseThrow();

    Outcome small = new Shrinker(broken).shrink(failed);

    assertThat(small.failure()).hasMessageContaining("charged 2 times");
    assertThat(small.jobs()).isLessThanOrEqualTo(failed.jobs());
    assertThat(small.struck().size()).isLessThan(failed.struck().size() / 4);
    assertThat(small.trace()).hasSizeLessThan(300);
  }
}
