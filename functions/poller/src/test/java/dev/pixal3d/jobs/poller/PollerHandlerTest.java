package dev.pixal3d.jobs.poller;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollerHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();

  private final Instant tenMinutesAgo =
      Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);

  private final PollerHandler handler = new PollerHandler(WORLD.environment());
  private final RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();

  @BeforeEach
  void create_a_job_that_is_long_due() {
    Job job =
        new Lifecycle(Jobs.SETTINGS)
            .accept(id, FunctionWorld.CLIENT, Jobs.order(WebhookMode.SYNC), tenMinutesAgo)
            .job();
    WORLD.store().create(job);
  }

  @Test
  void finds_the_shard_in_which_something_is_due_and_takes_it_up() {
    Job accepted =
        Jobs.after(
            new Lifecycle(Jobs.SETTINGS),
            WORLD.store().load(id).orElseThrow(),
            tenMinutesAgo,
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
    WORLD.store().save(WORLD.store().load(id).orElseThrow(), accepted);
    WORLD.take("PollQueue");

    handle(TestContext.PLENTY, new JobMessage.SweepAll());
    List<JobMessage> shards = WORLD.take("SweepQueue");
    handle(TestContext.PLENTY, shards.toArray(JobMessage[]::new));

    assertThat(WORLD.take("PollQueue"))
        .contains(new JobMessage.Poll(id, accepted.attempt(), Duration.ZERO));
  }

  @Test
  void goes_on_by_message_when_the_time_is_up_between_two_pages() {
    var asked = new ArrayList<Integer>();
    Context enoughToBeginOnly =
        new TestContext(() -> {
          asked.add(1);
          return asked.size() == 1 ? 60_000 : 1_000;
        });
    WORLD.take("SweepQueue");

    handle(enoughToBeginOnly, new JobMessage.SweepShard(0));

    assertThat(WORLD.take("SweepQueue")).containsExactly(new JobMessage.SweepShard(0));
  }

  @Test
  void asks_pixal3d_about_a_job() {
    Job job = WORLD.store().load(id).orElseThrow();
    Job accepted =
        Jobs.after(
            new Lifecycle(Jobs.SETTINGS),
            job,
            tenMinutesAgo,
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
    WORLD.store().save(job, accepted);
    var polls = new JobMessage.Poll(id, accepted.attempt(), Duration.ZERO);

    handle(TestContext.PLENTY, polls);

    assertThat(WORLD.store().load(id).orElseThrow().attempt()).isGreaterThan(accepted.attempt());
  }

  private void handle(Context context, JobMessage... messages) {
    var response = handler.handleRequest(Events.batch(messages), context);
    assertThat(response.getBatchItemFailures()).isEmpty();
  }
}
