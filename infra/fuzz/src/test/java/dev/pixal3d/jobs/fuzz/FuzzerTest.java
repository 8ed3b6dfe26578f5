package dev.pixal3d.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.fuzz.Faulty.Fault;
import dev.pixal3d.jobs.fuzz.targets.Target;
import dev.pixal3d.jobs.fuzz.targets.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzerTest {
  private static final Duration LONGEST = Duration.ofMillis(50);

  static List<Target<?>> targets() {
    return Targets.ALL;
  }

  private static Fuzzer fuzzer(long seed) {
    return new Fuzzer(seed, 2, LONGEST);
  }

  private static Outcome run(Fault fault) {
    return fuzzer(1).run(new Faulty(fault), 0, Faulty.INPUTS, _ -> {});
  }

  private static List<Input> inputs(Target<?> target, long seed) {
    return LongStream.range(0, 200).mapToObj(index -> fuzzer(seed).draw(target, index)).toList();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theSameSeedGivesTheSameInputsAndAnotherSeedGivesOthers(Target<?> target) {
    assertThat(inputs(target, 7)).isEqualTo(inputs(target, 7)).isNotEqualTo(inputs(target, 8));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anInputDoesNotDependOnThoseBeforeIt(Target<?> target) {
    assertThat(fuzzer(7).draw(target, 150)).isEqualTo(inputs(target, 7).get(150));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anInputCanBeWrittenOnALineOfPlainCharactersAndReadBack(Target<?> target) {
    assertThat(inputs(target, 7))
        .allSatisfy(input -> {
          assertThat(input.escaped()).matches("[ -&(-~]*");
          assertThat(Input.parse(input.escaped())).isEqualTo(input);
        });
  }

  @Test
  void whereNothingIsWrongNothingIsFoundAndEachInputIsCounted() {
    Outcome outcome = run(Fault.NONE);

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.kinds()).containsOnlyKeys("0", "777");
    assertThat(outcome.kinds().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(Faulty.INPUTS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"EXCEPTION", "OVERFLOW", "VIOLATION"})
  void aRareFaultIsFoundOnceAndMadeShort(Fault fault) {
    assertThat(run(fault).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.input().parts()).isEqualTo(Map.of("number", "777"));
          assertThat(fuzzer(1).draw(new Faulty(fault), finding.index()).part("number"))
              .hasValueSatisfying(number -> assertThat(number).endsWith("777"));
        });
  }

  @Test
  void oneThatIsSlowAlsoAloneIsFound() {
    assertThat(run(Fault.SLOW).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("takes no longer than it may");
          assertThat(finding.input().part("number"))
              .hasValueSatisfying(number -> assertThat(number).endsWith("777"));
        });
  }

  @Test
  void oneThatDoesNotEndIsFound() {
    Outcome outcome =
        new Fuzzer(1, 2, Duration.ofMillis(3))
            .run(new Faulty(Fault.ENDLESS), 0, Faulty.INPUTS, _ -> {});

    assertThat(outcome.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("comes to an end");
          assertThat(finding.input().part("number"))
              .hasValueSatisfying(number -> assertThat(number).endsWith("777"));
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ENDLESS"})
  void aReplayComesToTheSame(Fault fault) {
    Input input = Input.empty().with("number", "777");

    Outcome outcome = fuzzer(1).replay(new Faulty(fault), input);

    assertThat(outcome.findings()).hasSize(fault == Fault.NONE ? 0 : 1);
    assertThat(outcome.findings()).allMatch(finding -> finding.input().equals(input));
  }
}
