package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What clients ask for: reads, cancels and replays. */
class ControlsTest {
  private final World world = new World();

  @Test
  void a_job_is_cancelled_before_it_was_handed_over_and_never_paid() {
    Job job = world.accepted();

    var result = world.cancelJob().cancel(job.id().value(), "acme");
    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(result).isInstanceOf(CancelJob.Result.Cancelled.class);
    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(world.pixal3d.submissions()).isEmpty();
  }

  @Test
  void a_job_is_cancelled_twice_with_the_same_answer() {
    Job job = world.accepted();

    var first = world.cancelJob().cancel(job.id().value(), "acme");

    assertThat(world.cancelJob().cancel(job.id().value(), "acme")).isEqualTo(first);
  }

  @Test
  void a_job_that_was_handed_over_goes_on() {
    Job job = world.dispatched();

    assertThat(world.cancelJob().cancel(job.id().value(), "acme"))
        .isEqualTo(new CancelJob.Result.TooLate(job));
  }

  @Test
  void another_clients_job_is_not_there() {
    Job job = world.accepted();

    assertThat(world.cancelJob().cancel(job.id().value(), "globex"))
        .isEqualTo(new CancelJob.Result.NotFound());
    assertThat(world.replayWebhook().replay(job.id().value(), "globex"))
        .isEqualTo(new ReplayWebhook.Result.NotFound());
    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void an_event_is_replayed_under_the_same_id() {
    Job job = world.dispatchedWithWebhook(WebhookMode.TERMINAL);
    world.happens(job, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    world.notifyClients();

    var result = world.replayWebhook().replay(job.id().value(), "acme");
    world.notifyClients();

    assertThat(result).isInstanceOf(ReplayWebhook.Result.OnItsWay.class);
    assertThat(world.receiver.received).hasSize(2);
    assertThat(world.receiver.received.getFirst().webhookId())
        .isEqualTo(world.receiver.received.getLast().webhookId());
  }

  @Test
  void there_is_nothing_to_replay_before_the_end_or_without_a_webhook() {
    Job running = world.dispatchedWithWebhook(WebhookMode.TERMINAL);
    Job untold = world.dispatched();
    world.happens(untold, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    assertThat(world.replayWebhook().replay(running.id().value(), "acme"))
        .isInstanceOf(ReplayWebhook.Result.NotEnded.class);
    assertThat(world.replayWebhook().replay(untold.id().value(), "acme"))
        .isInstanceOf(ReplayWebhook.Result.NoWebhook.class);
  }

  @Test
  void a_client_that_asks_after_long_silence_has_pixal3d_asked_once_in_ten_seconds() {
    Job job = world.dispatched();
    world.clock.advance(Duration.ofSeconds(60));

    var messages = new ArrayList<JobMessage>();
    for (int i = 0; i < 4; i++) {
      world.readStatus().read(job.id().value(), "acme");
      messages.addAll(world.queues.takeAll());
      world.clock.advance(Duration.ofSeconds(5));
    }

    var poll = new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO);
    assertThat(messages).containsExactly(poll, poll);
  }

  @Test
  void a_client_that_asks_early_causes_nothing() {
    Job job = world.dispatched();

    world.readStatus().read(job.id().value(), "acme");

    assertThat(world.queues.takeAll()).isEmpty();
    assertThat(world.job(job.id())).isEqualTo(job);
  }

  @Test
  void a_filtered_page_may_be_short_and_still_not_be_the_last() {
    for (int i = 0; i < 5; i++) {
      Job job = world.dispatched();
      if (i == 4) {
        world.happens(job, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
      }
      world.clock.advance(Duration.ofMillis(2));
    }

    var statuses = new ArrayList<JobStatus>();
    RequestId before = null;
    int pages = 0;
    do {
      var page = world.readStatus().list("acme", JobStatus.COMPLETED, before, 2);
      page.jobs().forEach(job -> statuses.add(job.status()));
      before = page.last();
      pages++;
    } while (before != null);

    assertThat(statuses).containsExactly(JobStatus.COMPLETED);
    assertThat(pages).isEqualTo(3);
  }
}
