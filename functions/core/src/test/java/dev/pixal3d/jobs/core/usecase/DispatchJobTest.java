package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DispatchJobTest {
  private final World world = new World();
  private final Job job = world.accepted();

  @Test
  void hands_the_job_over_as_it_was_ordered_with_a_callback_url_of_its_own() {
    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.pixal3d.submissions())
        .singleElement()
        .satisfies(submission -> {
          assertThat(submission.requestJson()).isEqualTo(job.order().requestJson());
          assertThat(submission.callbackUrl())
              .hasToString(
                  "https://api.example.com/callbacks/" + job.id() + "/" + world.token(job.id()));
        });
    assertThat(world.job(job.id()).upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
  }

  @Test
  void posts_once_for_two_deliveries_of_one_message() {
    world.dispatchJob().dispatch(job.id(), 1);
    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.pixal3d.submissions()).hasSize(1);
  }

  @Test
  void posts_once_for_many_concurrent_deliveries_of_one_message() throws Exception {
    var start = new CountDownLatch(1);
    var deliveries = new ArrayList<Callable<Void>>();
    for (int n = 0; n < 16; n++) {
      deliveries.add(() -> {
        start.await();
        world.dispatchJob().dispatch(job.id(), 1);
        return null;
      });
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Void>>();
      deliveries.forEach(delivery -> running.add(threads.submit(delivery)));
      start.countDown();
      for (Future<Void> delivery : running) {
        delivery.get();
      }
    }

    assertThat(world.pixal3d.submissions()).hasSize(1);
  }

  @Test
  void saves_the_claim_before_it_posts() {
    var seen = new ArrayList<WaitsFor>();
    world.pixal3d.onSubmit(() -> {
      seen.add(world.job(job.id()).waitsFor());
      return new SubmitOutcome.Accepted(Jobs.UPSTREAM_ID);
    });

    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(seen).containsExactly(WaitsFor.ANSWER);
  }

  @Test
  void does_not_post_for_a_message_of_another_attempt() {
    world.dispatchJob().dispatch(job.id(), 2);

    assertThat(world.pixal3d.submissions()).isEmpty();
  }

  @Test
  void does_not_post_when_it_was_frozen_after_the_claim() {
    var frozen =
        new DispatchJob(
            world.store,
            world.transitions(),
            world.gate(),
            world.pixal3d,
            world.tokens,
            () -> world.clock.instant().plusSeconds(11));

    frozen.dispatch(job.id(), 1);

    assertThat(world.pixal3d.submissions()).isEmpty();
    assertThat(world.queues.takeAll())
        .containsExactly(new JobMessage.Dispatch(job.id(), 2, Duration.ZERO));
  }

  @Test
  void leaves_a_job_claimed_when_the_process_dies_in_the_post() {
    world.pixal3d.onSubmit(() -> {
      throw new IllegalStateException("killed");
    });

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> world.dispatchJob().dispatch(job.id(), 1)))
        .isNotNull();
    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.pixal3d.submissions()).hasSize(1);
    assertThat(world.job(job.id()).waitsFor()).isEqualTo(WaitsFor.ANSWER);
  }

  @Test
  void tries_again_later_what_pixal3d_did_not_take() {
    world.pixal3d.onSubmit(
        () -> new SubmitOutcome.TryLater(Reason.UNAVAILABLE, "HTTP 503", Duration.ofSeconds(20)));

    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.queues.takeAll())
        .containsExactly(new JobMessage.Dispatch(job.id(), 2, Duration.ofSeconds(20)));
  }

  @Test
  void ends_a_refused_job_with_pixal3ds_words() {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.Refused(400, "resolution is not valid"));

    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.FAILED);
    assertThat(world.job(job.id()).error()).isEqualTo("resolution is not valid");
  }

  @Test
  void does_not_post_again_what_may_have_been_accepted() {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.Unknown("reset after the request"));

    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.queues.takeAll()).isEmpty();
    assertThat(world.job(job.id()).waitsFor()).isEqualTo(WaitsFor.ANSWER);
  }

  @Test
  void does_not_post_while_the_gate_is_closed() {
    world.pixal3d.onSubmit(
        () -> new SubmitOutcome.TryLater(Reason.INSUFFICIENT_BALANCE, "HTTP 402", null));
    world.dispatchJob().dispatch(job.id(), 1);
    Job other = world.accepted();

    world.dispatchJob().dispatch(other.id(), 1);

    assertThat(world.pixal3d.submissions()).hasSize(1);
    assertThat(world.job(other.id()).waitsFor()).isEqualTo(WaitsFor.DISPATCH);
    assertThat(world.job(other.id()).attempt()).isEqualTo(2);
  }

  @Test
  void lets_another_job_be_the_probe_when_its_own_time_is_over() {
    world.pixal3d.onSubmit(
        () -> new SubmitOutcome.TryLater(Reason.INSUFFICIENT_BALANCE, "HTTP 402", null));
    world.dispatchJob().dispatch(job.id(), 1);
    Job late = world.accepted();
    world.clock.advance(Jobs.SETTINGS.jobDeadline());
    Job fresh = world.accepted();
    world.pixal3d.onSubmit(() -> new SubmitOutcome.Accepted(Jobs.UPSTREAM_ID));

    world.dispatchJob().dispatch(late.id(), 1);
    world.dispatchJob().dispatch(fresh.id(), 1);

    assertThat(world.job(late.id()).status()).isEqualTo(JobStatus.ERROR);
    assertThat(world.job(fresh.id()).upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
  }

  @Test
  void does_not_undo_a_callback_that_overtook_the_answer() {
    world.pixal3d.onSubmit(() -> {
      world
          .transitions()
          .apply(world.job(job.id()), new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
      return new SubmitOutcome.Accepted(Jobs.UPSTREAM_ID);
    });

    world.dispatchJob().dispatch(job.id(), 1);

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }
}
