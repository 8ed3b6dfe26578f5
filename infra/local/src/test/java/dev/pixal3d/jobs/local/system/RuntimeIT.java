package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The stack with {@code --runtime}: what is deployed of each function, in processes of the Lambda
 * runtime client, frozen between events. To those outside it is the same stack.
 */
@ResourceLock("processors, for many processes")
class RuntimeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final RunningStack.Launch RUNTIME =
      RunningStack.Launch.quick()
          .with(
              List.of(
                  "--runtime",
                  "--webhook-secret",
                  WEBHOOK_SECRET,
                  "--simulate",
                  "queued-seconds=0.1",
                  "--simulate",
                  "processing-seconds=0.2"));

  private static RunningStack stack;

  @BeforeAll
  static void start() {
    stack = RUNTIME.start();
  }

  @AfterAll
  static void sigtermLeavesNoProcess() {
    List<Long> processes = processesOf(stack);
    stack.close();
    assertThat(processes).isNotEmpty().allMatch(RuntimeIT::isGone);
  }

  @Test
  void aPictureBecomesAModelByCallbackAndTheClientIsToldOnceSigned() {
    try (Receiver receiver = Receiver.start()) {
      stack.simulator().set("callbacks=ok", "glb=real");
      Answer taken =
          stack
              .client()
              .submitBody(
                  "{\"image_url\": \"%s\"}".formatted(stack.samplePicture()), receiver.headers());
      assertThat(taken.code()).as(taken.body()).isEqualTo(202);
      String id = taken.text("request_id");

      JsonNode end = stack.client().ended(id, PATIENCE);

      assertThat(end.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(glb(end)).startsWith("glTF");
      await().atMost(PATIENCE).until(() -> stack.client().webhook(id, "state").equals("delivered"));
      assertThat(receiver.deliveries(id)).hasSize(1);
      assertThat(receiver.deliveries(id).getFirst().isSignedWith(WEBHOOK_SECRET)).isTrue();
      assertThat(stack.simulator().charges(id)).isEqualTo(1);
    }
  }

  private static String glb(JsonNode end) {
    URI media = URI.create(end.at("/output/media_url/0").asText());
    return Http.send(HttpRequest.newBuilder(media).build()).body();
  }

  @Test
  void aJobWhoseCallbackIsLostEndsByPolling() {
    long delivered = stack.simulator().stat("callbacks_delivered");
    stack.simulator().set("callbacks=lost", "glb=off");
    String id = stack.client().submitted();

    JsonNode end = stack.client().ended(id, PATIENCE);

    assertThat(end.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(stack.simulator().stat("callbacks_delivered")).isEqualTo(delivered);
  }

  @Test
  void betweenEventsAllProcessesAreFrozen() {
    assertThat(processesOf(stack)).isNotEmpty();

    await().atMost(PATIENCE).until(() -> processesOf(stack).stream().allMatch(RuntimeIT::isFrozen));
  }

  /** A frozen process does not notice by itself that nobody is there any more. */
  @Test
  void aStackThatIsKilledLeavesNoProcessEither() {
    RunningStack killed = RUNTIME.begin();
    await()
        .atMost(PATIENCE)
        .until(() -> processesOf(killed).stream().anyMatch(RuntimeIT::isFrozen));
    List<Long> processes = processesOf(killed);

    killed.kill();

    await().atMost(PATIENCE).until(() -> processes.stream().allMatch(RuntimeIT::isGone));
  }

  private static List<Long> processesOf(RunningStack stack) {
    try (Stream<ProcessHandle> children = ProcessHandle.of(stack.pid()).orElseThrow().children()) {
      return children.map(ProcessHandle::pid).toList();
    }
  }

  private static boolean isFrozen(long pid) {
    return state(pid).equals("T (stopped)");
  }

  private static boolean isGone(long pid) {
    return state(pid).isEmpty() || state(pid).startsWith("Z");
  }

  /** As proc_pid_status(5) tells it; empty if there is no such process. */
  private static String state(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("State:"))
          .map(line -> line.substring("State:".length()).strip())
          .findFirst()
          .orElse("");
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
