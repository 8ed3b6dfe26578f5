package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients read of their jobs, and what they can do with them. */
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

  @Test
  void aJobIsCancelledOnlyBeforeItIsHandedOver() {
    try (RunningStack stack =
        RunningStack.Launch.quick()
            .with(List.of("--simulate", "glb=off", "--simulate", "processing-seconds=600"))
            .start()) {
      Client client = stack.client();
      String handedOver = client.submitted();
      await().until(() -> stack.simulator().charges(handedOver) == 1);
      await().until(() -> cancel(client, handedOver).code() == 409);
      stack.simulator().set("submit=429");
      String waiting = client.submitted();
      await()
          .until(() ->
              client.get("/v2/requests/" + waiting + "/timeline").body().contains("try later"));

      Answer cancelled = cancel(client, waiting);

      assertThat(cancelled.code()).as(cancelled.body()).isEqualTo(200);
      assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
      assertThat(client.status(waiting).path("status").asText()).isEqualTo("CANCELLED");
      assertThat(stack.simulator().charges(waiting)).isZero();
    }
  }

  private static Answer cancel(Client client, String id) {
    return client.send(
        client.request("/v2/requests/" + id + "/cancel").POST(BodyPublishers.noBody()).build());
  }
}
