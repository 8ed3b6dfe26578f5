package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.ops.OpsCommand;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Who is woken by what, and what the dashboard shows. */
class MonitoringTest {
  /** What the functions count and measure. */
  private static final Set<String> METRICS =
      Arrays.stream(Metric.values()).map(Metric::metricName).collect(toCollection(TreeSet::new));

  private static final String TOOL = "infra/ops/pixal3d-ops";
  private static final Pattern COMMAND = Pattern.compile(TOOL + " (.+? --stack \\$\\{Service})");
  private static final String ROLLBACK = "FunctionErrors";

  private static Map<String, JsonNode> alarms() {
    return ExpandedTemplate.byDefault().ofType("AWS::CloudWatch::Alarm");
  }

  /** Those that wake somebody; the other one takes a deployment back. */
  private static Set<String> wakingAlarms() {
    var names = new TreeSet<>(alarms().keySet());
    assertThat(names.remove(ROLLBACK)).isTrue();
    return names;
  }

  private static Set<String> deadLetterQueues() {
    return ExpandedTemplateTest.deadLetterQueues();
  }

  private static Set<String> functions() {
    return ExpandedTemplate.byDefault().functions();
  }

  // Alarms

  @ParameterizedTest
  @MethodSource("wakingAlarms")
  void anAlarmTellsWhatToDoAndWhatSilenceMeans(String name) {
    JsonNode alarm = alarm(name);

    assertThat(description(alarm)).hasSizeBetween(150, 1_024); // PutMetricAlarm, AlarmDescription
    assertThat(alarm.path("TreatMissingData").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("wakingAlarms")
  void itTellsTheTopicWhenItBeginsAndWhenItEndsIfThereIsOne(String name) {
    assertThat(alarm(name).has("AlarmActions")).isFalse();

    JsonNode withTopic = alarm(ExpandedTemplate.withEverythingOn(), name);
    for (String actions : List.of("AlarmActions", "OKActions")) {
      assertThat(withTopic.path(actions))
          .extracting(JsonNode::asText)
          .containsExactly("arn:aws:sns:us-east-1:123456789012:alarms");
    }
  }

  @ParameterizedTest
  @MethodSource("wakingAlarms")
  void itNamesCommandsThatTheOperatorsToolTakes(String name) {
    String description = description(alarm(name));
    List<String> commands =
        COMMAND.matcher(description).results().map(found -> found.group(1)).toList();

    assertThat(commands).hasSize(description.split(TOOL, -1).length - 1);
    assertThat(commands)
        .allSatisfy(command ->
            assertThatCode(() -> operatorsTool().parseArgs(command.split(" ", -1)))
                .doesNotThrowAnyException());
  }

  /** It is made by its own main method only. */
  private static CommandLine operatorsTool() throws ReflectiveOperationException {
    var constructor = OpsCommand.class.getDeclaredConstructor(Map.class, InstantSource.class);
    constructor.setAccessible(true);
    return new CommandLine(constructor.newInstance(Map.of(), InstantSource.system()))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @ParameterizedTest
  @MethodSource("deadLetterQueues")
  void aQueueForDeadLettersRingsAsSoonAsOneIsInIt(String queue) {
    assertThat(alarms().values())
        .filteredOn(alarm -> isOf(alarm, "ApproximateNumberOfMessagesVisible", queue))
        .singleElement()
        .satisfies(alarm -> {
          assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
          assertThat(alarm.path("Threshold").asInt()).isZero();
          assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionRingsWhenItFailsAndWhenItIsRefused(String function) {
    for (String metric : List.of("Errors", "Throttles")) {
      assertThat(alarms().values()).filteredOn(alarm -> isOf(alarm, metric, function)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionThatFailsTakesADeploymentBack(String function) {
    assertThat(alarm(ROLLBACK).path("Metrics"))
        .anySatisfy(metric -> {
          assertThat(metric.at("/MetricStat/Metric/MetricName").asText()).isEqualTo("Errors");
          assertThat(metric.at("/MetricStat/Metric/Dimensions/0/Value/Ref").asText())
              .isEqualTo(function);
          assertThat(metric.at("/MetricStat/Metric/Dimensions/1/Value/Fn::Sub").asText())
              .isEqualTo("${" + function + "}:live");
        });
  }

  @Test
  void workThatFailedThreeTimesInFiveMinutesWakesSomebody() {
    JsonNode alarm = alarm("WorkFailed");

    assertThat(alarm.path("MetricName").asText()).isEqualTo(Metric.WORK_FAILED.metricName());
    assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
    assertThat(alarm.path("Period").asInt()).isEqualTo(300);
    assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
    assertThat(alarm.path("ComparisonOperator").asText())
        .isEqualTo("GreaterThanOrEqualToThreshold");
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(3);
  }

  /** A function that answers 500, or puts a message back, is no error for Lambda. */
  @Test
  void workThatFailedThreeTimesInFiveMinutesTakesADeploymentBackAsOneCallThatFailedDoes() {
    JsonNode alarm = alarm(ROLLBACK);
    Map<Boolean, List<JsonNode>> queries =
        alarm.path("Metrics").valueStream().collect(partitioningBy(it -> it.has("MetricStat")));
    List<JsonNode> watched = queries.get(true);

    assertThat(queries.get(false))
        .extracting(expression -> expression.path("Expression").asText())
        .containsExactly("SUM([calls, work])", "3 * SUM(METRICS(\"errors\"))");
    assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
    assertThat(alarm.path("ComparisonOperator").asText())
        .isEqualTo("GreaterThanOrEqualToThreshold");
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(3);
    assertThat(watched)
        .hasSize(functions().size() + 1)
        .allSatisfy(metric -> {
          String name = metric.at("/MetricStat/Metric/MetricName").asText();
          assertThat(metric.path("Id").asText())
              .matches(name.equals(Metric.WORK_FAILED.metricName()) ? "work" : "\\w+_errors");
          assertThat(metric.at("/MetricStat/Period").asInt()).isEqualTo(300);
          assertThat(metric.at("/MetricStat/Stat").asText()).isEqualTo("Sum");
        })
        .extracting(metric -> metric.at("/MetricStat/Metric/MetricName").asText())
        .containsOnlyOnce(Metric.WORK_FAILED.metricName());
  }

  /** It is put back where it came from, and seen again when its visibility timeout is over. */
  @Test
  void oneMessageThatAlwaysFailsDoesNotTakeADeploymentBack() {
    assertThat(ExpandedTemplate.byDefault().ofType("AWS::SQS::Queue").values())
        .filteredOn(queue -> queue.has("RedrivePolicy"))
        .isNotEmpty()
        .allMatch(queue -> queue.path("VisibilityTimeout").asInt() > 300);
  }

  /** A poller that is called and throws, or asks about jobs only, does not sweep. */
  @Test
  void sweepsThatDoNotSucceedWakeSomebodyAfterTenMinutes() {
    JsonNode alarm = alarm("SweepStopped");

    assertThat(alarm.path("MetricName").asText()).isEqualTo(Metric.SWEEP_LAG.metricName());
    assertThat(alarm.path("Statistic").asText()).isEqualTo("SampleCount");
    assertThat(alarm.path("Period").asInt() * alarm.path("EvaluationPeriods").asInt())
        .isEqualTo(600);
    assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(1);
    assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
  }

  /** For an alarm time without data begins before it is made. */
  @Test
  void inANewStackTheAlarmsAreMadeOnceSweepsRun() {
    JsonNode monitoring = ExpandedTemplate.byDefault().resources().path("Monitoring");

    assertThat(monitoring.path("DependsOn"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("SweepSchedule", "PollerFunctionSweep");
    assertThat(ExpandedTemplate.byDefault().ofType("AWS::Lambda::EventSourceMapping"))
        .containsKey("PollerFunctionSweep");
  }

  private static boolean isOf(JsonNode alarm, String metric, String resource) {
    return alarm.path("MetricName").asText().equals(metric)
        && ExpandedTemplate.refersTo(alarm.path("Dimensions"), resource);
  }

  private static JsonNode alarm(String name) {
    return alarm(ExpandedTemplate.byDefault(), name);
  }

  private static JsonNode alarm(ExpandedTemplate template, String name) {
    JsonNode alarm = template.ofType("AWS::CloudWatch::Alarm").get(name);
    if (alarm == null) {
      throw new AssertionError("There is no alarm " + name);
    }
    return alarm;
  }

  private static String description(JsonNode alarm) {
    JsonNode description = alarm.path("AlarmDescription");
    return description.path("Fn::Sub").asText(description.asText());
  }

  // Metrics

  @Test
  void alarmsWatchMetricsThatTheFunctionsHave() {
    List<JsonNode> own =
        alarms().values().stream()
            .flatMap(alarm -> Stream.concat(Stream.of(alarm), inExpressions(alarm)))
            .filter(metric -> metric.path("Namespace").asText().equals("pixal3d-jobs"))
            .toList();

    assertThat(own).hasSizeGreaterThan(5);
    assertThat(own)
        .allSatisfy(metric -> {
          assertThat(METRICS).contains(metric.path("MetricName").asText());
          assertThat(metric.path("Dimensions").toString())
              .isEqualTo("[{\"Name\":\"Service\",\"Value\":{\"Ref\":\"AWS::StackName\"}}]");
        });
  }

  private static Stream<JsonNode> inExpressions(JsonNode alarm) {
    return alarm.path("Metrics").valueStream().map(metric -> metric.at("/MetricStat/Metric"));
  }

  @Test
  void theDashboardShowsEveryMetricThatTheFunctionsHaveAndNoOther() {
    Set<String> shown =
        shownMetrics()
            .filter(metric -> metric.path(0).asText().equals("pixal3d-jobs"))
            .peek(metric -> assertThat(metric.path(2).asText()).isEqualTo("Service"))
            .map(metric -> metric.path(1).asText())
            .collect(toCollection(TreeSet::new));

    assertThat(shown).containsExactlyInAnyOrderElementsOf(METRICS);
  }

  @Test
  void theDashboardShowsEveryQueueAndEveryFunction() {
    String shown = shownMetrics().toList().toString();

    assertThat(
            Stream.of(functions(), ExpandedTemplate.byDefault().ofType("AWS::SQS::Queue").keySet())
                .flatMap(Collection::stream))
        .allSatisfy(name -> assertThat(shown).contains("\"${" + name + "}\""));
  }

  @Test
  void theDashboardShowsHowEveryAlarmStands() {
    JsonNode widget = dashboard().at("/widgets/0");

    assertThat(widget.path("type").asText()).isEqualTo("alarm");
    assertThat(widget.at("/properties/alarms"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(
            wakingAlarms().stream().map(name -> "${" + name + ".Arn}").toList());
  }

  private static Stream<JsonNode> shownMetrics() {
    return dashboard()
        .path("widgets")
        .valueStream()
        .flatMap(widget -> widget.at("/properties/metrics").valueStream());
  }

  private static JsonNode dashboard() {
    JsonNode body =
        ExpandedTemplate.byDefault()
            .ofType("AWS::CloudWatch::Dashboard")
            .values()
            .iterator()
            .next()
            .at("/DashboardBody/Fn::Sub");
    try {
      return new ObjectMapper().readTree(body.asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("The dashboard is no JSON", e);
    }
  }
}
