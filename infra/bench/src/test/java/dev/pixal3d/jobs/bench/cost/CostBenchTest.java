package dev.pixal3d.jobs.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a job's life may cost. Whoever adds a request to it finds it named here, and has to find the
 * money for it, or a better way.
 */
class CostBenchTest {
  private static final Path HOME = Path.of("../..");
  private static final PriceList PRICES = PriceList.read();

  /**
   * What a life counts: write units, read units, requests of SQS and of the API, invocations, their
   * billed milliseconds; and USD for a million of it. Time and chance are simulated, so these are
   * the same in every run and on every machine.
   */
  private static final String LIVES =
      """
      healthy                             |    9 |    3 |    3 |   2 |    3 |    500 |  15.57
      healthy, with webhook               |   15 |    5 |    6 |   2 |    4 |    857 |  24.05
      10% of callbacks lost               |  9.3 | 3.15 |  3.6 | 1.9 |  3.1 |  529.2 |  16.31
      sync mode, with webhook             |   90 |   57 |   96 |   9 |   41 |   8540 | 215.44
      healthy, with Idempotency-Key       |   14 |    4 |    3 |   2 |    3 |    503 |  18.86
      healthy, client's first in a minute |    9 |    4 |    3 |   2 |    3 |    506 |  15.77
      one status read                     |    0 |    1 |    0 |   1 |    1 |     17 |   2.01
      """;

  /** What is paid beside: how many of it, and USD. Gigabytes follow the bytes of an item. */
  private static final String BESIDE =
      """
      beside a million jobs: items kept for 30 days, GB                                           |  1.1204 | 0.504
      beside a million jobs: sent out, GB                                                         |  3.7253 | 0.335
      beside a million jobs: secrets read in a month, by one sandbox each of dispatch and webhook |   51840 | 0.259
      idle month: alarms, by their metrics                                                        |      36 | 3.600
      idle month: dashboards                                                                      |       1 | 3.000
      idle month: custom metrics: SweepLag                                                        |       1 | 0.300
      idle month: secrets, Pixal3D's key with them                                                |       2 | 0.800
      idle month: SQS: Lambda's receives of nothing                                               | 2592000 | 1.037
      idle month: SQS: messages of the sweeps                                                     |  129600 | 0.052
      idle month: schedule                                                                        |   43200 | 0.043
      idle month: DynamoDB: read units of the sweeps                                              |  345600 | 0.043
      idle month: Lambda: GB-seconds of the sweeps                                                |  2678.4 | 0.044
      idle month: logs of the sweeps: GB                                                          | 0.02997 | 0.015
      idle month: logs kept: GB                                                                   | 0.02997 | 0.001
      idle month: KMS: requests for the table's key                                               |    8640 | 0.026
      """;

  private static final Offset<Double> ROUNDED = within(1e-9);
  private static final Percentage ABOUT = withinPercentage(1);
  private static final Offset<Double> A_CENT = within(0.01);

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

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = LIVES)
  void aLifeCountsThisAndNoMore(
      String life,
      double writeUnits,
      double readUnits,
      double sqsRequests,
      double apiRequests,
      double invocations,
      double billedMillis,
      double usd) {
    Row row = row(life);
    assertThat(row.figure("writeUnits")).isCloseTo(writeUnits, ROUNDED);
    assertThat(row.figure("readUnits")).isCloseTo(readUnits, ROUNDED);
    assertThat(row.figure("sqsRequests")).isCloseTo(sqsRequests, ROUNDED);
    assertThat(row.figure("apiRequests")).isCloseTo(apiRequests, ROUNDED);
    assertThat(row.figure("invocations")).isCloseTo(invocations, ROUNDED);
    assertThat(row.figure("billedMillis")).isCloseTo(billedMillis, ROUNDED);
    assertThat(row("USD a million: " + life).figure("totalUsd")).isCloseTo(usd, A_CENT);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = BESIDE)
  void besideTheLivesThisIsPaidAndNoMore(String what, double count, double usd) {
    assertThat(row(what).figure("count")).isCloseTo(count, ABOUT);
    assertThat(row(what).figure("usd")).isCloseTo(usd, A_CENT);
  }

  @Test
  void anIdleMonthCostsThis() {
    assertThat(row("idle month").figure("usd")).isCloseTo(8.96, A_CENT);
  }

  @Test
  void noRowOfTheTableIsWithoutFiguresHere() {
    Stream<String> writes =
        report.rows().stream().map(Row::name).filter(name -> name.matches("\\d\\. .*"));
    Stream<String> lives = names(LIVES).flatMap(name -> Stream.of(name, "USD a million: " + name));

    assertThat(report.rows())
        .extracting(Row::name)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(writes, lives, names(BESIDE), Stream.of("idle month"))
                .flatMap(names -> names)
                .toList());
  }

  private static Stream<String> names(String table) {
    return table.lines().map(line -> line.substring(0, line.indexOf('|')).strip());
  }

  private static Row row(String name) {
    return report.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
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
