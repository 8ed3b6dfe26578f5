package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack is killed (SIGKILL) while a client is being told. Mostly waiting. */
@Order(3)
@Tag("long")
class KilledNotifierIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aKillBetweenThePostAndItsRecordCostsOneRepeatAtMost() {
    RunningStack.Launch launch =
        RunningStack.Launch.quick()
            .with(
                List.of(
                    "--data", folder.toString(),
                    "--simulate", "glb=off",
                    "--simulate", "processing-seconds=0.2"));
    var running = new ArrayList<RunningStack>();
    try (Receiver receiver = Receiver.start()) {
      running.add(launch.start());
      receiver.answers(_ -> {
        running.getFirst().kill();
        return 200;
      });
      String id = running.getFirst().client().submitted(receiver.headers());
      await().atMost(PATIENCE).until(() -> receiver.deliveries(id).size() == 1);
      receiver.answers(_ -> 200);

      running.add(launch.start());
      Client client = running.getLast().client();
      await().atMost(PATIENCE).until(() -> client.webhook(id, "state").equals("delivered"));

      assertThat(receiver.deliveries(id)).hasSize(2);
      assertThat(receiver.deliveries(id).getFirst().id())
          .isEqualTo(receiver.deliveries(id).getLast().id());
    } finally {
      running.forEach(RunningStack::close);
    }
  }
}
