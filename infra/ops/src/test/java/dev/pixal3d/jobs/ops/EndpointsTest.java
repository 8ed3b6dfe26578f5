package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final Instant SINCE = Instant.parse("2026-05-22T13:17:32.110Z");

  private final Tool tool = new Tool();

  @Test
  void listsServersThatFailAndThoseThatAreSwitchedOff() {
    Tool.ENDPOINTS.save(null, failing("fails", null));
    Tool.ENDPOINTS.save(null, failing("off", SINCE.plusSeconds(3600)));

    assertThat(tool.run("endpoints", "list", "--json").json())
        .anySatisfy(endpoint -> {
          assertThat(endpoint.path("client").asText()).isEqualTo("fails");
          assertThat(endpoint.path("switched_off").asBoolean()).isFalse();
        })
        .anySatisfy(endpoint -> {
          assertThat(endpoint.path("client").asText()).isEqualTo("off");
          assertThat(endpoint.path("switched_off").asBoolean()).isTrue();
          assertThat(endpoint.path("failing_since").asText()).isEqualTo("2026-05-22T13:17:32.110Z");
          assertThat(endpoint.path("next_probe_at").asText()).isEqualTo("2026-05-22T14:17:32.110Z");
        });
    assertThat(tool.run("endpoints", "list").out())
        .contains("switched off")
        .contains("https://client.example.com:443");
  }

  @Test
  void switchesAServerOnAgainAndTellsAtOnceWhatIsOwedToIt() {
    Tool.taken("NotifyQueue");
    Tool.ENDPOINTS.save(null, failing("on-again", SINCE));
    Job owed =
        Tool.after(
            Tool.acceptedWithWebhook("on-again"),
            new Event.DispatchBegan(1),
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
            new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    Job others = Tool.accepted("on-again");
    Tool.after(owed, new Event.DeliveryHeld(3, Tool.now().plusSeconds(3600), "off"));

    Tool.Run run =
        tool.run("endpoints", "enable", "on-again", Jobs.WEBHOOK_URL.toString(), "--now", "--json");

    assertThat(run.json().path("requeued").asInt()).isEqualTo(1);
    assertThat(Tool.ENDPOINTS.load(Endpoint.Key.of("on-again", Jobs.WEBHOOK_URL))).isEmpty();
    assertThat(Tool.taken("NotifyQueue"))
        .containsExactly("{\"notify\":\"%s\",\"attempt\":5}".formatted(owed.id()));
    assertThat(Tool.JOBS.load(others.id())).contains(others);
  }

  @Test
  void saysIfAServerDoesNotFail() {
    assertThat(tool.run("endpoints", "enable", "nobody", "https://example.com").code())
        .isEqualTo(5);
    assertThat(tool.run("endpoints", "enable", "nobody", "example").code()).isEqualTo(2);
  }

  private static Endpoint failing(String client, @Nullable Instant probeAt) {
    return new Endpoint(Endpoint.Key.of(client, Jobs.WEBHOOK_URL), 1, SINCE, probeAt);
  }
}
