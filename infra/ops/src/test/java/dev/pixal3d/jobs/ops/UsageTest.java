package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** How the tool is told what to do, and where. */
class UsageTest {
  private final Tool tool = new Tool();

  static Stream<List<String>> commands() {
    return commands(new OpsCommand(Map.of(), Instant::now).line()).skip(1);
  }

  private static Stream<List<String>> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(List.of(command.getCommandSpec().qualifiedName().split(" "))),
        command.getSubcommands().values().stream().flatMap(UsageTest::commands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsWhatItDoesAndWhatItsExitCodesMean(List<String> command) {
    String[] arguments =
        Stream.concat(command.stream().skip(1), Stream.of("--help")).toArray(String[]::new);

    Tool.Run help = tool.bare(Map.of(), arguments);

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: ").contains("--json").contains("Exit codes: 0 done");
    assertThat(help.out().lines().findFirst().orElse("")).endsWith(".");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void wantsToKnowWhichSystem() {
    Tool.Run run = tool.bare(Map.of(), "keys", "list");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--stack").contains("--endpoint-url");
  }

  @Test
  void takesTheSdksOwnVariablesForAnEndpoint() {
    Tool.Run run =
        tool.bare(
            Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", Tool.AWS.dynamoDbEndpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", Tool.AWS.sqsEndpoint().toString()),
            "dlq",
            "list");

    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAnEndpoint() {
    assertThat(tool.bare(Map.of(), "keys", "list", "--endpoint-url", "localhost:4566").err())
        .contains("--endpoint-url takes http://HOST:PORT");
  }

  @Test
  void saysWhatAwsSaysIfItDoesNotWork() {
    Tool.Run run = tool.run("keys", "list", "--table", "no-such-table");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Listing clients and keys failed").contains("non-existent");
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(tool.run("key", "list").code()).isEqualTo(2);
    assertThat(tool.run("keys").code()).isEqualTo(2);
    assertThat(tool.run("keys", "list", "--nothing").code()).isEqualTo(2);
  }

  @Test
  void findsEverythingByTheNameOfAStack() throws IOException {
    try (StubCloudFormation cloudFormation =
        StubCloudFormation.start(
            "my-stack",
            Map.of("JobDeadlineSeconds", "1234", "ExistingTableName", ""),
            Map.of(
                "JobsTable", Tool.AWS.tableName(),
                "PollDeadLetters", Tool.AWS.queueUrl("SweepDeadLetters"),
                "DispatchDeadLetters", Tool.AWS.queueUrl("DispatchDeadLetters"),
                "NotifyDeadLetters", Tool.AWS.queueUrl("NotifyDeadLetters"),
                "SweepDeadLetters", Tool.AWS.queueUrl("SweepDeadLetters")))) {
      Tool.taken("SweepDeadLetters");
      Tool.send("SweepDeadLetters", "seen twice");

      Tool.Run list = onStack(cloudFormation, "dlq", "list");
      Tool.Run paused = onStack(cloudFormation, "dispatch", "pause");
      Tool.openGate();

      assertThat(list.out().split("seen twice", -1)).hasSize(3);
      assertThat(paused.out()).as("its parameters hold").contains("1234 s");
      assertThat(onStack(cloudFormation, "sweep").code())
          .as("a resource that is not there")
          .isEqualTo(5);
    }
  }

  @Test
  void worksOnTheTableThatAStackWasTold() throws IOException {
    try (StubCloudFormation cloudFormation =
        StubCloudFormation.start(
            "my-stack",
            Map.of("ExistingTableName", Tool.AWS.tableName()),
            Map.of("JobsTable", "the-table-before"))) {
      assertThat(onStack(cloudFormation, "keys", "list").code()).isZero();
    }
  }

  @Test
  void saysIfThereIsNoSuchStack() throws IOException {
    try (StubCloudFormation cloudFormation =
        StubCloudFormation.start("another", Map.of(), Map.of())) {
      Tool.Run run = onStack(cloudFormation, "keys", "list");

      assertThat(run.code()).isEqualTo(5);
      assertThat(run.err()).contains("There is no stack my-stack in us-east-1");
    }
  }

  private Tool.Run onStack(StubCloudFormation cloudFormation, String... command) {
    return tool.run(
        Stream.concat(
                Stream.of(command),
                Stream.of(
                    "--stack",
                    "my-stack",
                    "--endpoint-url",
                    "cloudformation=" + cloudFormation.url()))
            .toArray(String[]::new));
  }
}
