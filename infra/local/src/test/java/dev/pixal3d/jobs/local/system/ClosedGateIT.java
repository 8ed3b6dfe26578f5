package dev.pixal3d.jobs.local.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pixal3D refuses everybody: too many requests, then an empty wallet. */
@OnSharedStack
class ClosedGateIT {
  private static final int JOBS = 40;

  /** MaxConcurrentDispatch, as the template has it. */
  private static final int CONCURRENT_DISPATCHES = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Client client;
  private final Simulator pixal3d;

  ClosedGateIT(Client client, Simulator pixal3d) {
    this.client = client;
    this.pixal3d = pixal3d;
  }

  @Test
  void waitingJobsDoNotAllKnockAndEndOnceItTakesThemAgain() {
    long before = pixal3d.stat("submits_received");
    pixal3d.set("submit=429");
    long begin = System.nanoTime();
    List<String> jobs = new ArrayList<>(client.submitted(JOBS));

    pixal3d.set("submit=402");
    Answer refused =
        await("a probe has met the 402")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(250))
            .until(() -> submit(jobs), answer -> answer.code() == 402);

    assertThat(refused.json())
        .isEqualTo(
            Answer.parse(
                """
                {
                  "error": "Insufficient Balance",
                  "message": "Your wallet does not have enough balance."
                }
                """));
    assertThat(pixal3d.stat("submits_received") - before)
        .as("POSTs for %d jobs, all in vain", jobs.size())
        .isLessThanOrEqualTo(CONCURRENT_DISPATCHES + probesSince(begin));

    pixal3d.set("submit=ok");
    assertThat(client.allEnded(jobs, PATIENCE))
        .extracting(end -> end.path("status").asText())
        .containsOnly("COMPLETED");
    assertThat(pixal3d.stat("submits_received") - before)
        .as("POSTs for %d jobs, one of each taken", jobs.size())
        .isLessThanOrEqualTo(jobs.size() + CONCURRENT_DISPATCHES + probesSince(begin));
    Map<String, Long> charges =
        pixal3d.jobs().stream()
            .filter(job -> jobs.contains(job.ourId()))
            .collect(groupingBy(Simulator.Job::ourId, counting()));
    assertThat(charges)
        .hasSize(jobs.size())
        .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
  }

  /** One that is taken counts as one more that waits. */
  private Answer submit(List<String> jobs) {
    Answer answer = client.submit();
    if (answer.code() == 202) {
      jobs.add(answer.text("request_id"));
    }
    return answer;
  }

  /**
   * How often the gate has closed and was tried by one probe, if it does so for 1 s, 2 s, 4 s...
   */
  private static long probesSince(long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return (long) Math.floor(Math.log(seconds + 1) / Math.log(2));
  }
}
