package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/** Clients can cancel what costs nothing yet. */
@OnSharedStack
class CancelIT {
  private final Client client;
  private final Simulator pixal3d;

  CancelIT(Client client, Simulator pixal3d) {
    this.client = client;
    this.pixal3d = pixal3d;
  }

  @Test
  void aJobIsCancelledOnlyBeforeItIsHandedOver() {
    pixal3d.set("processing-seconds=600");
    String handedOver = client.submitted();
    await().until(() -> pixal3d.charges(handedOver) == 1);
    await().until(() -> cancel(handedOver).code() == 409);
    pixal3d.set("submit=429");
    String waiting = client.submitted();
    await()
        .until(
            () -> client.get("/v2/requests/" + waiting + "/timeline").body().contains("try later"));

    Answer cancelled = cancel(waiting);

    assertThat(cancelled.code()).as(cancelled.body()).isEqualTo(200);
    assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    assertThat(client.status(waiting).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(pixal3d.charges(waiting)).isZero();
  }

  private Answer cancel(String id) {
    return client.send(client.cancellation(id));
  }
}
