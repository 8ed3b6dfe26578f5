package dev.pixal3d.jobs.fuzz.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.fuzz.Fuzzer;
import dev.pixal3d.jobs.fuzz.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of each target; {@code infra/fuzz/run} makes long ones. */
class TargetsTest {
  private static final long SEED = 20_261_123;
  private static final int INPUTS = 1_500;

  /** Cold and beside other tests a millisecond is ten. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Some of the ways in which each is to answer, so that it is not only turned away. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "submit", Set.of("202", "400"),
          "headers", Set.of("202", "202 replayed", "400", "400 model", "401", "403", "422"),
          "callback", Set.of("200", "400", "403", "404", "503"),
          "status-query",
              Set.of(
                  "200 requests status ",
                  "200 requests timeline",
                  "200 requests",
                  "400 requests",
                  "200 webhooks test",
                  "400 webhooks test",
                  "409 requests cancel"),
          "upstream-submit", Set.of("taken", "refused", "later", "unknown"),
          "upstream-status", Set.of("COMPLETED", "FAILED", "ERROR", "unchanged", "no report"),
          "webhook-answer", Set.of("delivered", "given up", "no answer", "answered 5xx"),
          "webhook-address", Set.of("refused at submit", "refused at delivery", "let through"));

  static Stream<Target<?>> targets() {
    return Targets.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatStrangersSendIsAnsweredAsItIsToBe(Target<?> target) {
    Outcome outcome = new Fuzzer(SEED, 2, LONGEST).run(target, 0, INPUTS, _ -> {});

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.kinds().keySet()).containsAll(KINDS.getOrDefault(target.name(), Set.of()));
  }

  @Test
  void eachTargetHasANameOfItsOwnAndWaysToAnswer() {
    assertThat(targets().map(Target::name))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(KINDS.keySet());
  }
}
