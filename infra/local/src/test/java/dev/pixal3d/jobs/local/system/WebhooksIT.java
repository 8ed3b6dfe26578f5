package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients are told, signed, once. */
@OnSharedStack
@Tag("main-path")
class WebhooksIT {
  private final RunningSystem system;
  private final Client client;
  private final Duration patience;
  private final Receiver receiver;

  WebhooksIT(RunningSystem system) {
    this.system = system;
    this.client = system.client();
    this.patience = system.pace().callback().plus(system.pace().delivery());
    this.receiver = system.receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void aReceiverThatFailsGetsTheEventOnceMoreUnderTheSameIdSignedAnew() {
    var attempts = new AtomicInteger();
    receiver.answers(_ -> attempts.incrementAndGet() <= 1 ? 503 : 200);

    String id = client.submitted(receiver.headers());
    await().atMost(patience).until(() -> client.webhook(id, "state").equals("delivered"));

    List<Receiver.Delivery> deliveries = receiver.deliveries(id);
    assertThat(deliveries).hasSize(2);
    assertThat(deliveries)
        .extracting(Receiver.Delivery::id)
        .containsOnly(client.webhook(id, "webhook_id"));
    assertThat(deliveries).extracting(Receiver.Delivery::signature).doesNotHaveDuplicates();
    assertThat(deliveries.getLast().body())
        .isEqualTo(client.get("/v2/requests/status/" + id).body());
    for (Receiver.Delivery delivery : deliveries) {
      assertVerifies(delivery);
    }

    // A replay, under the same id; and nothing else.
    assertThat(replay(id).code()).isEqualTo(202);
    await().atMost(patience).until(() -> receiver.deliveries(id).size() == 3);
    assertThat(receiver.deliveries(id))
        .extracting(Receiver.Delivery::id)
        .containsOnly(deliveries.getFirst().id());
  }

  @Test
  void anIntegratorSeesWhatHappensWhenAWebhookIsTried() {
    JsonNode taken = tried(receiver.url().toString());
    JsonNode refused = tried("https://metadata.google.internal/");

    assertThat(taken.path("delivered").asBoolean()).isTrue();
    assertThat(taken.path("http_status").asInt()).isEqualTo(204);
    assertThat(taken.path("signature").asText())
        .isEqualTo(receiver.deliveries().getLast().signature());
    assertVerifies(receiver.deliveries().getLast());
    assertThat(refused.path("delivered").asBoolean()).isFalse();
    assertThat(refused.path("error").asText()).isNotEmpty();
  }

  private JsonNode tried(String url) {
    Answer answer =
        client.send(
            client
                .request("/v2/webhooks/test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\": \"%s\"}".formatted(url)))
                .build());
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private Answer replay(String id) {
    return client.send(
        client
            .request("/v2/requests/" + id + "/webhook/replay")
            .POST(BodyPublishers.noBody())
            .build());
  }

  /** The published library takes it, and does not with one byte changed. */
  private void assertVerifies(Receiver.Delivery delivery) {
    assertThat(delivery.isSignedWith(system.webhookSecret())).isTrue();
    assertThat(delivery.isSignedWith(system.webhookSecret(), delivery.body() + " ")).isFalse();
  }
}
