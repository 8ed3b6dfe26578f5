package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What has to work wherever the system runs. */
@OnSharedStack
@Tag("main-path")
class MainPathIT {
  private static final String CALLED_BACK = "called back";

  private final RunningSystem system;
  private final Client client;

  MainPathIT(RunningSystem system) {
    this.system = system;
    this.client = system.client();
  }

  @Test
  @CostsNothing
  void aStrangerIsNotLetIn() {
    Client stranger = new Client(client.api(), "another-key");

    assertThat(stranger.get("/v2/requests").code()).isEqualTo(401);
    assertThat(client.get("/v2/requests?limit=1").code()).isEqualTo(200);
  }

  @Test
  @CostsNothing
  void aRequestWithAMistakeIsRefused() {
    Answer refused = client.submitBody("{\"image_url\": \"https://example.com/\", \"seeed\": 1}");

    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.text("message")).contains("seed");
  }

  @Test
  void aJobEndsByPixal3dsCallback() {
    String job = client.submitted();

    JsonNode end = client.ended(job, system.pace().callback());

    assertThat(end.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(end.path("output").path("media_url").path(0).asText()).startsWith("http");
    assertThat(client.events(job)).contains(CALLED_BACK);
  }

  @Test
  void aJobWhoseCallbackIsLostEndsByPolling() {
    system.simulator().set("callbacks=lost");

    String job = client.submitted();

    JsonNode end = client.ended(job, system.pace().poll());
    assertThat(end.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(client.events(job)).doesNotContain(CALLED_BACK);
  }

  @Test
  void aMessageThatNobodyUnderstandsEndsAmongTheDeadLetters() {
    String queue = "NotifyQueue";
    String poison = "poison " + UUID.randomUUID();
    try (Queues queues = system.queues()) {
      String deadLetters = queues.deadLettersOf(queue);
      Duration usual = queues.visibilityTimeout(queue);
      queues.setVisibilityTimeout(queue, Duration.ofSeconds(1));
      try {
        queues.send(queue, poison);

        List<String> dead = new ArrayList<>();
        await()
            .atMost(system.pace().poll())
            .until(() -> {
              dead.addAll(queues.taken(deadLetters));
              return dead.contains(poison);
            });
      } finally {
        queues.setVisibilityTimeout(queue, usual);
      }
    }
  }
}
