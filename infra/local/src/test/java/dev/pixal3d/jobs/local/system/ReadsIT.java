package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients read of their jobs. */
@Tag("long")
class ReadsIT {
  private static final Duration READ_THROUGH = Duration.ofSeconds(6);

  @Test
  void listingAThousandJobsGivesEachOnceWhileNewOnesArrive() {
    try (RunningStack stack =
        RunningStack.Launch.usual().with(List.of("--simulate", "submit=429")).start()) {
      Client client = stack.client();
      List<String> jobs = client.submitted(1000);

      var listed = new ArrayList<String>();
      String cursor = "";
      do {
        JsonNode page =
            client
                .get("/v2/requests?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                .json();
        page.path("requests").forEach(job -> listed.add(job.path("request_id").asText()));
        cursor = page.path("next_cursor").asText("");
        client.submitted();
      } while (!cursor.isEmpty() && !cursor.equals("null"));

      assertThat(listed).doesNotHaveDuplicates().containsAll(jobs);
    }
  }

  @Test
  void withTheCallbackLostAClientThatPollsSeesTheEndSoonAfterTheSilence() {
    try (RunningStack stack =
        RunningStack.Launch.usual()
            .with("READ_THROUGH_SECONDS", Long.toString(READ_THROUGH.toSeconds()))
            .with(
                List.of(
                    "--simulate", "glb=off",
                    "--simulate", "callbacks=lost",
                    "--simulate", "queued-seconds=0.1",
                    "--simulate", "processing-seconds=1"))
            .start()) {
      Client client = stack.client();
      String id = client.submitted();

      JsonNode end =
          await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofSeconds(5))
              .atMost(READ_THROUGH.plusSeconds(15))
              .until(() -> client.status(id), Client::isTerminal);

      assertThat(end.path("status").asText()).isEqualTo("COMPLETED");
    }
  }
}
