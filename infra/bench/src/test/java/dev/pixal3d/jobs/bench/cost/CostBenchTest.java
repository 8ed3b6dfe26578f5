package dev.pixal3d.jobs.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a job's life may cost. Whoever adds a request to it finds it named here, and has to find the
 * money for it, or a better way.
 */
class CostBenchTest {
  private static final Path HOME = Path.of("../..");
  private static final PriceList PRICES = PriceList.read();

  private static MeteredSystem system;
  private static Lives lives;
  private static Report report;

  @BeforeAll
  static void count() throws IOException {
    report = new CostBench().run(new Options(HOME, 1, 0), Progress.NONE);
    system = MeteredSystem.start(HOME.resolve("template.yaml"));
    lives = new Lives(system, PRICES);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void aHealthyJobWritesThisAndNoMore() {
    assertThat(named(lives.healthy().writes()))
        .containsExactly(
            "submit: PutItem of job (table 1, by_client 1, due 1)",
            "dispatch: UpdateItem of job (table 1)",
            "dispatch: UpdateItem of job (table 1, due 2)",
            "webhook: UpdateItem of job (table 1, due 1)");
  }

  @Test
  void tellingItsClientWritesThisAndNoMore() {
    assertThat(named(lives.withWebhook().writes()))
        .containsExactly(
            "submit: PutItem of job (table 1, by_client 1, due 1)",
            "dispatch: UpdateItem of job (table 1)",
            "dispatch: UpdateItem of job (table 1, due 2)",
            "webhook: UpdateItem of job (table 1, due 2)",
            "notify: UpdateItem of job (table 1, due 2)",
            "notify: UpdateItem of job (table 1, due 1)");
  }

  @Test
  void aHealthyJobReadsThisAndNoMore() {
    assertThat(named(lives.withWebhook().reads()))
        .containsExactly(
            "submit: GetItem of gate (table 0.5)",
            "dispatch: GetItem of job (table 1)",
            "dispatch: GetItem of gate (table 0.5)",
            "webhook: GetItem of job (table 1)",
            "notify: GetItem of job (table 1)",
            "notify: GetItem of client (table 0.5)",
            "notify: GetItem of endpoint (table 0.5)");
  }

  @Test
  void aLostCallbackAddsOneTakingByTheSweepAndOnePoll() {
    assertThat(named(lives.withoutCallback().writes()))
        .containsExactly(
            "submit: PutItem of job (table 1, by_client 1, due 1)",
            "dispatch: UpdateItem of job (table 1)",
            "dispatch: UpdateItem of job (table 1, due 2)",
            "poller: UpdateItem of job (table 1, due 2)",
            "poller: UpdateItem of job (table 1, due 1)");
  }

  static Stream<Limit> limits() {
    return report.limits().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void staysWithinItsLimit(Limit limit) {
    assertThat(limit.reached()).as("%s", limit).isTrue();
  }

  @Test
  void eachPriceNamesItsPageAndEachAssumptionItsReason() {
    assertThat(PRICES.prices().values())
        .isNotEmpty()
        .allSatisfy(price -> {
          assertThat(price.usd()).isPositive();
          assertThat(price.page()).startsWith("https://aws.amazon.com/");
        });
    assertThat(PRICES.assumptions().values())
        .isNotEmpty()
        .allSatisfy(assumption -> {
          assertThat(assumption.value()).isPositive();
          assertThat(assumption.why()).isNotBlank();
        });
  }

  private static List<String> named(List<TableRequest> requests) {
    return requests.stream().map(TableRequest::toString).toList();
  }
}
