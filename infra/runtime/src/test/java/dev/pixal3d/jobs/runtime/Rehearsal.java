package dev.pixal3d.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.runtime.CredentialsEndpoint.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A function's zip in a process of the runtime client, with wires to DynamoDB and SQS that tell
 * what it does. Under SnapStart the time between image and restore is long: all connections are
 * dead after it, and the credentials are other ones.
 */
final class Rehearsal implements AutoCloseable {
  static final String KEY_AT_INIT = "KEYATINIT";
  static final String KEY_OF_NOW = "KEYOFNOW";

  private static final Pattern NOT_PRIMED =
      Pattern.compile("Not primed: (?!\\S*TimeoutException)[^\"]*");

  private final World world = World.world();
  private final Wire dynamoDb = Wire.to(world.dynamoDbEndpoint());
  private final Wire sqs = Wire.to(world.sqsEndpoint());
  private final CredentialsEndpoint credentials = CredentialsEndpoint.open(this::credentials);
  private final FunctionResource function;
  private final InitializationType initialization;
  private final FunctionProcess process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private volatile boolean restored;

  private Rehearsal(
      FunctionResource function,
      InitializationType initialization,
      UnaryOperator<FunctionLaunch> change) {
    this.function = function;
    this.initialization = initialization;
    this.process =
        FunctionProcess.start(
            change.apply(
                world.launch(
                    function, initialization, dynamoDb.uri(), sqs.uri(), credentials, this::note)));
  }

  private void note(String line) {
    log.add(line);
    System.out.println(function.logicalId() + " " + line);
  }

  /** What it says of it; but not that time was wanting, of which a busy machine has too little. */
  List<String> reasonsNotToBePrimed() {
    return log.stream()
        .flatMap(line -> NOT_PRIMED.matcher(line).results())
        .map(MatchResult::group)
        .toList();
  }

  /** Whether it has said of an invocation that it was the first. */
  boolean hasToldOfAColdStart() {
    return log.stream().anyMatch(line -> line.contains("\"cold_start\":true"));
  }

  private Credentials credentials() {
    return initialization == InitializationType.ON_DEMAND || restored
        ? new Credentials(KEY_OF_NOW, Instant.now().plus(Duration.ofHours(6)))
        : new Credentials(KEY_AT_INIT, Instant.now().minusSeconds(1));
  }

  static Rehearsal of(FunctionResource function, InitializationType initialization) {
    return of(function, initialization, UnaryOperator.identity());
  }

  static Rehearsal of(
      FunctionResource function,
      InitializationType initialization,
      UnaryOperator<FunctionLaunch> change) {
    return new Rehearsal(function, initialization, change);
  }

  /** Waits until it is up, under SnapStart until its image could be made. */
  Rehearsal awaitInit() throws InterruptedException {
    long begin = System.nanoTime();
    process.awaitInit();
    tell("init", begin);
    return this;
  }

  /** Lets the time pass, and restores it. */
  Rehearsal restore() throws InterruptedException {
    process.awaitInit();
    dynamoDb.cut();
    sqs.cut();
    restored = true;
    long begin = System.nanoTime();
    process.restore();
    tell("restore", begin);
    return this;
  }

  /** Hands it an event; its answer. */
  JsonNode invoke(byte[] event) {
    long begin = System.nanoTime();
    try {
      return Events.parse(process.invoke(event));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + process, e);
    } finally {
      tell("invoke", begin);
    }
  }

  private void tell(String what, long begin) {
    System.out.printf(
        "TIME %s %s %d ms%n",
        function.logicalId(), what, Duration.ofNanos(System.nanoTime() - begin).toMillis());
  }

  FunctionProcess process() {
    return process;
  }

  /** Its state in the operating system (proc_pid_status(5)): T when it is stopped. */
  String state() {
    try (Stream<String> status =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return status.filter(line -> line.startsWith("State:")).findFirst().orElse("");
    } catch (IOException e) {
      return "gone";
    }
  }

  long bytesOverConnectionsFromInit() {
    return dynamoDb.bytesIntoTheVoid() + sqs.bytesIntoTheVoid();
  }

  List<String> accessKeys() {
    return Stream.of(dynamoDb, sqs).flatMap(wire -> wire.accessKeys().stream()).toList();
  }

  @Override
  public void close() {
    process.close();
    assertThat(process.isAlive()).isFalse();
    credentials.close();
    dynamoDb.close();
    sqs.close();
  }
}
