package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixal3D's callbacks get lost, come twice, late, or in the wrong order. */
@OnSharedStack
class CallbacksIT {
  private static final int JOBS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Client client;
  private final Simulator pixal3d;

  CallbacksIT(Client client, Simulator pixal3d) {
    this.client = client;
    this.pixal3d = pixal3d;
  }

  @Test
  void whenAllAreLostEachJobEndsCompletedByPolling() {
    pixal3d.set("callbacks=lost");
    long delivered = pixal3d.stat("callbacks_delivered");

    List<JsonNode> ends = client.allEnded(client.submitted(JOBS), PATIENCE);

    assertThat(ends)
        .extracting(end -> end.path("status").asText())
        .hasSize(JOBS)
        .containsOnly("COMPLETED");
    assertThat(pixal3d.stat("callbacks_delivered")).isEqualTo(delivered);
  }

  @ParameterizedTest
  @CsvSource({
    "doubled,      ok,     COMPLETED, 2",
    "doubled,      failed, FAILED,    2",
    "late,         ok,     COMPLETED, 1",
    "out-of-order, ok,     COMPLETED, 2",
    "out-of-order, error,  ERROR,     2"
  })
  void theFirstEndStandsForEver(
      String callbacks, String result, String end, int callbacksForEachJob) {
    pixal3d.set("callbacks=" + callbacks, "callback-delay-seconds=4", "result=" + result);
    long delivered = pixal3d.stat("callbacks_delivered");
    long expected = delivered + (long) callbacksForEachJob * JOBS;

    List<String> jobs = client.submitted(JOBS);
    List<JsonNode> ends = client.allEnded(jobs, PATIENCE);

    assertThat(ends).extracting(status -> status.path("status").asText()).containsOnly(end);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          boolean allCame = pixal3d.stat("callbacks_delivered") >= expected;
          assertThat(jobs.stream().map(client::status).toList()).isEqualTo(ends);
          return allCame;
        });
  }
}
