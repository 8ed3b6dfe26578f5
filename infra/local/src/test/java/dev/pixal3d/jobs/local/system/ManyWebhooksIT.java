package dev.pixal3d.jobs.local.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many clients are told at once, and some of their servers fail. */
@Tag("long")
class ManyWebhooksIT {
  @Test
  void fiveHundredJobsReachAReceiverOfWhichAThirdFailsAtFirstNoneTwiceAfterASuccess() {
    try (Receiver receiver = Receiver.start();
        RunningStack stack =
            RunningStack.Launch.usual()
                .with(
                    List.of(
                        "--simulate", "glb=off",
                        "--simulate", "queued-seconds=0.1",
                        "--simulate", "processing-seconds=0.2"))
                .start()) {
      Client client = stack.client();
      Set<String> seen = ConcurrentHashMap.newKeySet();
      receiver.answers(delivery ->
          Math.floorMod(delivery.id().hashCode(), 3) == 0 && seen.add(delivery.id()) ? 500 : 200);

      var jobs = ConcurrentHashMap.<String>newKeySet();
      for (int i = 0; i < 500; i++) {
        jobs.add(client.submitted(receiver.headers()));
      }
      await()
          .atMost(Duration.ofSeconds(240))
          .until(() -> receiver.deliveries().size() >= 500 + seen.size());
      for (String id : jobs) {
        await(id)
            .atMost(Duration.ofSeconds(60))
            .until(() -> client.webhook(id, "state").equals("delivered"));
      }

      Map<String, Long> times =
          receiver.deliveries().stream().collect(groupingBy(Receiver.Delivery::id, counting()));
      assertThat(times).hasSize(500);
      assertThat(seen).hasSizeBetween(100, 250);
      times.forEach((id, count) -> assertThat(count).as(id).isEqualTo(seen.contains(id) ? 2 : 1));
    }
  }
}
