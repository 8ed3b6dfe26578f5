package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixal3D takes a job and charges for it, but its answer to the submit does not reach us. */
@OnSharedStack
class LostAnswersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Client client;
  private final Simulator pixal3d;

  LostAnswersIT(Client client, Simulator pixal3d) {
    this.client = client;
    this.pixal3d = pixal3d;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop-after-accept",
        "500-after-accept",
        "504-after-accept",
        "no-request-id",
        "not-json"
      })
  void theCallbackTellsOfTheJobAndItIsPaidOnce(String fault) {
    pixal3d.set("submit=" + fault);
    long submits = pixal3d.stat("submits_received");

    String job = client.submitted();

    assertThat(client.ended(job, PATIENCE).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(pixal3d.charges(job)).isEqualTo(1);
    assertThat(pixal3d.stat("submits_received")).isEqualTo(submits + 1);
  }

  @Test
  void withoutACallbackTheJobFailsAsUnknownAndIsNotPaidAgain() {
    pixal3d.set("submit=drop-after-accept", "callbacks=lost");
    long submits = pixal3d.stat("submits_received");

    String job = client.submitted();
    JsonNode end = client.ended(job, PATIENCE);

    assertThat(end.path("status").asText()).isEqualTo("FAILED");
    assertThat(end.path("error").asText()).startsWith("Outcome unknown");
    assertThat(pixal3d.charges(job)).isEqualTo(1);
    assertThat(pixal3d.stat("submits_received")).isEqualTo(submits + 1);
  }
}
