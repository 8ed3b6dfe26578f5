package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mode sync, with a Pixal3D that never calls back. Nearly all of it is waiting. */
@Order(2)
@Tag("long")
class SyncWebhooksIT {
  @Test
  void inModeSyncAJobOfFortySecondsWithoutCallbacksIsToldOfAtLeastEveryFifteenSeconds() {
    try (Receiver receiver = Receiver.start();
        RunningStack stack =
            RunningStack.Launch.usual()
                .with(
                    List.of(
                        "--simulate",
                        "glb=off",
                        "--simulate",
                        "callbacks=lost",
                        "--simulate",
                        "queued-seconds=10",
                        "--simulate",
                        "processing-seconds=30"))
                .start()) {
      String id = stack.client().submitted(receiver.headers("X-Webhook-Mode", "sync"));

      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> receiver.deliveries(id).stream().anyMatch(SyncWebhooksIT::isTerminal));

      List<Receiver.Delivery> deliveries = receiver.deliveries(id);
      assertThat(Receiver.longestPause(deliveries)).isLessThanOrEqualTo(Duration.ofSeconds(15));
      assertThat(deliveries).hasSizeGreaterThanOrEqualTo(4);
      assertThat(isTerminal(deliveries.getLast())).as("the end comes last").isTrue();
      assertThat(deliveries.stream().filter(SyncWebhooksIT::isTerminal)).hasSize(1);
      assertThat(deliveries).extracting(Receiver.Delivery::id).doesNotHaveDuplicates();
    }
  }

  private static boolean isTerminal(Receiver.Delivery delivery) {
    return Client.isTerminal(delivery.json());
  }
}
