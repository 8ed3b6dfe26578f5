package dev.pixal3d.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pixal3d.jobs.embedded.FunctionResource;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Processes as Lambda keeps them: one for each event that is at work, and none longer than the
 * timeout. What they wait for is a DynamoDB that takes connections and says nothing.
 */
class ProcessesIT {
  @Test
  void eachEventAtWorkHasAProcessAndOneThatIsDoneTakesTheNext() throws Exception {
    try (ServerSocket dynamoDb = silentServer();
        CredentialsEndpoint credentials = credentials();
        FunctionProcesses function =
            new FunctionProcesses(launch(Duration.ofSeconds(60), dynamoDb, credentials), 2);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers =
          IntStream.range(0, 3)
              .mapToObj(_ -> clients.submit(() -> function.invoke(FunctionCase.submit())))
              .toList();

      Socket first = dynamoDb.accept();
      Socket second = dynamoDb.accept();
      assertThat(function.processes()).as("with two events at work").hasSize(2);
      List<FunctionProcess> both = function.processes();
      hangUp(first, second, dynamoDb);

      for (Future<byte[]> answer : answers) {
        assertThat(Events.parse(answer.get()).path("statusCode").asInt()).isEqualTo(500);
      }
      assertThat(function.processes()).containsExactlyInAnyOrderElementsOf(both);
    }
  }

  @Test
  void anEventThatTakesLongerThanTheTimeoutEndsItsProcess() throws Exception {
    try (ServerSocket dynamoDb = silentServer();
        CredentialsEndpoint credentials = credentials();
        FunctionProcess process =
            FunctionProcess.start(launch(Duration.ofSeconds(1), dynamoDb, credentials))) {
      assertThatExceptionOfType(FunctionErrorException.class)
          .isThrownBy(() -> process.invoke(FunctionCase.submit()))
          .withMessageStartingWith("Sandbox.Timedout: RequestId: ")
          .withMessageEndingWith("Error: Task timed out after 1.00 seconds");

      assertThat(process.isAlive()).isFalse();
    }
  }

  private static FunctionLaunch launch(
      Duration timeout, ServerSocket dynamoDb, CredentialsEndpoint credentials) {
    FunctionResource submit = World.function("SubmitFunction");
    FunctionResource function =
        new FunctionResource(
            submit.logicalId(),
            submit.handlerClass(),
            submit.codeUri(),
            timeout,
            submit.memoryMegabytes(),
            submit.routes(),
            submit.queueSources());
    World world = World.world();
    return world
        .launch(
            function,
            InitializationType.ON_DEMAND,
            URI.create("http://127.0.0.1:" + dynamoDb.getLocalPort()),
            world.sqsEndpoint(),
            credentials,
            System.out::println)
        .with("AWS_MAX_ATTEMPTS", "1");
  }

  private static void hangUp(Closeable... sockets) throws IOException {
    for (Closeable socket : sockets) {
      socket.close();
    }
  }

  private static ServerSocket silentServer() throws Exception {
    return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static CredentialsEndpoint credentials() {
    return CredentialsEndpoint.open(
        () -> new CredentialsEndpoint.Credentials("KEY", Instant.now().plusSeconds(3600)));
  }
}
