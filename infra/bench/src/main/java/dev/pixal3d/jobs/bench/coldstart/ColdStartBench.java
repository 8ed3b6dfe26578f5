package dev.pixal3d.jobs.bench.coldstart;

import dev.pixal3d.jobs.bench.Bench;
import dev.pixal3d.jobs.bench.Options;
import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.report.Limit;
import dev.pixal3d.jobs.bench.report.Medians;
import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.Row;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.runtime.FunctionLaunch;
import dev.pixal3d.jobs.runtime.InitializationType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Each function's artifact under the real runtime client, from the start of its process to its
 * first answer, beside a bare handler with the same event class, Jackson and the SDK, which makes
 * the same calls of AWS and nothing else.
 */
public final class ColdStartBench implements Bench {
  private static final double MOST_TIMES_BARE = 1.25;

  @Override
  public String name() {
    return "coldstart";
  }

  @Override
  public String summary() {
    return "from the start of a function's process to its first answer, beside a bare handler";
  }

  @Override
  public Report run(Options options, Progress progress) throws Exception {
    var rows = new ArrayList<Row>();
    var limits = new ArrayList<Limit>();
    try (Stage stage = new Stage(options.home())) {
      progress.begin(name(), (long) stage.functions().size() * options.rounds());
      for (FunctionResource function : stage.functions()) {
        Row row = measure(stage, function, options.rounds(), progress);
        rows.add(row);
        limits.add(
            Limit.atMost(
                MOST_TIMES_BARE,
                function.logicalId() + ", times the bare handler",
                row.figure("ratio")));
      }
    }
    return new Report(
        name(),
        rows,
        limits,
        List.of(
            "Milliseconds from the start of the process to the first answer, medians of "
                + options.rounds()
                + " rounds that took turns; JVM with one processor.",
            "The bare handlers of DispatchFunction, NotifyFunction and PollerFunction also make the"
                + " request to a server that is not AWS's, for which these are there, with the"
                + " JDK's client."));
  }

  private static Row measure(Stage stage, FunctionResource function, int rounds, Progress progress)
      throws InterruptedException {
    List<String> calls = recorded(stage, function);
    FunctionLaunch ours = stage.ours(function, InitializationType.ON_DEMAND);
    FunctionLaunch bare = stage.bare(function, calls);
    var oursFirst = new ArrayList<FirstAnswer.Started>();
    var bareFirst = new ArrayList<FirstAnswer.Started>();
    for (int round = 0; round < rounds; round++) {
      oursFirst.add(FirstAnswer.afterStart(ours, stage.event(function)));
      bareFirst.add(FirstAnswer.afterStart(bare, stage.event(function)));
      progress.step(function.logicalId());
    }
    double oursMillis = Medians.of(oursFirst, FirstAnswer.Started::wall);
    double bareMillis = Medians.of(bareFirst, FirstAnswer.Started::wall);
    return Row.of(function.logicalId())
        .with("oursMillis", oursMillis)
        .with("bareMillis", bareMillis)
        .with("ratio", oursMillis / bareMillis)
        .with("oursCpuMillis", Medians.of(oursFirst, FirstAnswer.Started::cpu))
        .with("bareCpuMillis", Medians.of(bareFirst, FirstAnswer.Started::cpu))
        .with("calls", (double) calls.size());
  }

  /** The calls that a function makes for its first event. That the bare one makes them is seen. */
  private static List<String> recorded(Stage stage, FunctionResource function)
      throws InterruptedException {
    List<String> calls =
        recorded(stage, function, stage.ours(function, InitializationType.ON_DEMAND));
    calls.addAll(Stage.posts(function));
    List<String> bare = recorded(stage, function, stage.bare(function, calls));
    bare.addAll(Stage.posts(function));
    if (!bare.equals(calls)) {
      throw new IllegalStateException(
          "The bare %s makes other calls: %s instead of %s"
              .formatted(function.logicalId(), bare, calls));
    }
    return calls;
  }

  private static List<String> recorded(
      Stage stage, FunctionResource function, FunctionLaunch launch) throws InterruptedException {
    var calls = new CopyOnWriteArrayList<String>();
    try (var dynamoDb = CallRecorder.before(stage.dynamoDbEndpoint(), calls);
        var sqs = CallRecorder.before(stage.sqsEndpoint(), calls)) {
      FirstAnswer.afterStart(
          launch
              .with("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.uri().toString())
              .with("AWS_ENDPOINT_URL_SQS", sqs.uri().toString()),
          stage.event(function));
    }
    return new ArrayList<>(calls);
  }
}
