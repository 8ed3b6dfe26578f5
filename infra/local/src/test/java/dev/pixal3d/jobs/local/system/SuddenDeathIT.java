package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stack is killed (SIGKILL) in the midst of its work and started again on its data. All
 * queues are empty then, clients and Pixal3D are left without answers; Pixal3D itself goes on.
 *
 * <p>Half of the callbacks get lost, so of what was being submitted at a kill some is healed, and
 * the rest has to be given up. Takes more than a minute, for only after one is a dispatch that got
 * lost made up for. Nearly all of it is waiting, so it begins first and the others run meanwhile.
 */
@Order(1)
@Tag("long")
class SuddenDeathIT {
  private static final int CLIENTS = 8;
  private static final int JOBS = 200;
  private static final int KILLS = 2;

  /** MaxConcurrentDispatch, as the template has it. */
  private static final int CONCURRENT_DISPATCHES = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOST_DISPATCHES_ARE_BACK = Duration.ofSeconds(150);

  @TempDir private Path folder;

  @Test
  void losesNoJobAndPaysForNoneTwice() throws Exception {
    try (MortalStack stack =
        MortalStack.start(
            folder,
            RunningStack.Launch.quick().with("UNKNOWN_GRACE_SECONDS", "30"),
            "glb=off",
            "answer-delay-seconds=0.5",
            "processing-seconds=5",
            "callback-loss-fraction=0.5")) {
      Simulator pixal3d = stack.pixal3d();
      Client client = stack.life().client();
      Map<String, String> jobs = new ConcurrentHashMap<>();
      try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        List<Future<String>> submits =
            IntStream.range(0, JOBS)
                .mapToObj(i -> "key-" + i)
                .map(key -> clients.submit(() -> jobs.put(key, submitted(client, key))))
                .toList();
        await().atMost(PATIENCE).until(() -> jobs.size() > JOBS / 4 && isPostUnderWay(pixal3d));
        stack.kill();
        stack.startAgain();
        for (Future<String> submit : submits) {
          submit.get();
        }
        await().atMost(PATIENCE).until(() -> isPostUnderWay(pixal3d));
        stack.kill();
        pixal3d.set("answer-delay-seconds=0", "processing-seconds=0.5");
        stack.startAgain();

        // Meanwhile: who asks once more is told of the same job.
        jobs.forEach((key, job) -> assertThat(submitted(client, key)).isEqualTo(job));
        assertThat(Set.copyOf(jobs.values())).as("jobs").hasSize(JOBS);

        assertEndedWell(
            client.allEnded(List.copyOf(jobs.values()), LOST_DISPATCHES_ARE_BACK), pixal3d);
      }
    }
  }

  /** Submits until it is told that the job was taken, as a client does that needs it. */
  private static String submitted(Client client, String key) {
    return await(key)
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.submit("Idempotency-Key", key), answer -> answer.code() == 202)
        .text("request_id");
  }

  /** Pixal3D has taken and charged a job, and we do not know it yet. */
  private static boolean isPostUnderWay(Simulator pixal3d) {
    return pixal3d.stat("submits_in_flight") >= CONCURRENT_DISPATCHES / 2;
  }

  /**
   * Only what was being submitted at a kill may be lost sight of, and then it is not paid again.
   */
  private static void assertEndedWell(List<JsonNode> ends, Simulator pixal3d) {
    List<String> paid =
        pixal3d.jobs().stream().filter(Simulator.Job::charged).map(Simulator.Job::ourId).toList();
    assertThat(paid).as("jobs that were paid for").doesNotHaveDuplicates();
    List<JsonNode> completed = ends.stream().filter(SuddenDeathIT::isCompleted).toList();
    assertThat(paid)
        .containsAll(completed.stream().map(end -> end.path("request_id").asText()).toList());
    List<JsonNode> others = ends.stream().filter(end -> !isCompleted(end)).toList();
    assertThat(others)
        .hasSizeLessThanOrEqualTo(KILLS * CONCURRENT_DISPATCHES)
        .allSatisfy(end -> assertThat(end.path("error").asText()).startsWith("Outcome unknown"));
  }

  private static boolean isCompleted(JsonNode end) {
    return end.path("status").asText().equals("COMPLETED");
  }
}
