package dev.pixal3d.jobs.core.usecase;

import static dev.pixal3d.jobs.core.testing.Jobs.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted, and when. */
class MetricsTest {
  private final World world = new World();

  @Test
  void a_job_that_pixal3d_takes_is_dispatched_once_with_the_time_that_it_waited() {
    Job job = world.accepted();
    world.clock.advance(Duration.ofSeconds(3));

    world.dispatchJob().dispatch(job.id(), 1);
    world.happens(world.job(job.id()), new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

    assertThat(world.metrics.values(Metric.JOBS_DISPATCHED)).containsExactly(1.0);
    assertThat(world.metrics.values(Metric.TIME_TO_DISPATCH)).containsExactly(3_000.0);
  }

  @Test
  void a_submit_without_an_answer_is_unknown() {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.Unknown("no answer"));

    world.dispatchJob().dispatch(world.accepted().id(), 1);

    assertThat(world.metrics.sum(Metric.SUBMITS_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void a_submit_whose_process_died_is_unknown_once() {
    Job claimed = world.happens(world.accepted(), new Event.DispatchBegan(1));
    world.clock.advance(Duration.ofSeconds(60));

    world.happens(claimed, new Event.Due());
    world.clock.advance(Duration.ofHours(3));
    world.happens(world.job(claimed.id()), new Event.Due());

    assertThat(world.job(claimed.id()).status()).isEqualTo(JobStatus.FAILED);
    assertThat(world.metrics.sum(Metric.SUBMITS_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void a_submit_whose_answer_the_sweep_is_too_early_for_is_not_unknown() {
    Job queued = world.accepted();
    world.clock.advance(Duration.ofSeconds(55));
    Job claimed = world.happens(queued, new Event.DispatchBegan(1));
    world.clock.advance(Duration.ofSeconds(5));

    world.happens(claimed, new Event.Due());

    assertThat(world.metrics.sum(Metric.SUBMITS_UNKNOWN)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "INSUFFICIENT_BALANCE, UPSTREAM_WALLET_EMPTY",
    "UNAUTHORIZED,         UPSTREAM_KEY_REFUSED",
    "THROTTLED,            UPSTREAM_THROTTLED"
  })
  void each_reason_to_close_the_gate_has_its_metric(Reason reason, Metric metric) {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.TryLater(reason, "words", null));

    world.dispatchJob().dispatch(world.accepted().id(), 1);

    assertThat(world.metrics.sum(metric)).isEqualTo(1);
  }

  @Test
  void a_probe_without_a_clear_answer_does_not_say_again_that_the_wallet_is_empty() {
    world.pixal3d.onSubmit(
        () -> new SubmitOutcome.TryLater(Reason.INSUFFICIENT_BALANCE, "words", null));
    world.dispatchJob().dispatch(world.accepted().id(), 1);
    world.pixal3d.onSubmit(() -> new SubmitOutcome.TryLater(Reason.UNAVAILABLE, "words", null));
    world.clock.advance(Duration.ofMinutes(1));

    world.dispatchJob().dispatch(world.accepted().id(), 1);

    assertThat(world.pixal3d.submissions()).hasSize(2);
    assertThat(world.metrics.sum(Metric.UPSTREAM_WALLET_EMPTY)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, JOBS_COMPLETED", "FAILED,    JOBS_FAILED", "ERROR,     JOBS_ERRORED"})
  void an_end_that_a_callback_brings_counts_as_such_with_the_time_that_it_took(
      JobStatus status, Metric metric) {
    Job job = world.dispatched();
    world.clock.advance(Duration.ofSeconds(90));

    world.happens(job, new Event.CalledBack(report(status)));

    assertThat(world.metrics.sum(metric)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.JOBS_ENDED_BY_CALLBACK)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.JOBS_ENDED_BY_POLL)).isZero();
    assertThat(world.metrics.values(Metric.TIME_AT_PIXAL3D)).containsExactly(90_000.0);
  }

  @Test
  void an_end_that_a_poll_brings_is_a_lost_callback() {
    Job job = world.dispatched();
    world.pixal3d.onStatus(new StatusOutcome.Answered(report(JobStatus.COMPLETED)));

    world.pollJob().poll(job.id(), job.attempt());

    assertThat(world.metrics.sum(Metric.JOBS_ENDED_BY_POLL)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.JOBS_ENDED_BY_CALLBACK)).isZero();
  }

  @Test
  void a_job_that_times_out_under_a_poll_has_no_lost_callback() {
    Job job = world.dispatched();
    world.clock.advance(Duration.ofSeconds(7200));
    world.pixal3d.onStatus(new StatusOutcome.Answered(report(JobStatus.PROCESSING)));

    world.pollJob().poll(job.id(), job.attempt());

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.FAILED);
    assertThat(world.metrics.sum(Metric.JOBS_FAILED)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.JOBS_ENDED_BY_POLL)).isZero();
  }

  @Test
  void a_job_that_is_cancelled_counts_as_cancelled_only() {
    world.happens(world.accepted(), new Event.Cancelled());

    assertThat(world.metrics.sum(Metric.JOBS_CANCELLED)).isEqualTo(1);
    assertThat(world.metrics.values(Metric.TIME_AT_PIXAL3D)).isEmpty();
  }

  @Test
  void a_callback_after_a_callback_is_a_duplicate() {
    Job job = world.dispatched();

    callback(job, world.token(job.id()));
    callback(job, world.token(job.id()));

    assertThat(world.metrics.sum(Metric.CALLBACKS_DUPLICATE)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.CALLBACKS_LATE)).isZero();
  }

  @Test
  void a_callback_after_a_poll_is_late() {
    Job job = world.dispatched();
    world.pixal3d.onStatus(new StatusOutcome.Answered(report(JobStatus.COMPLETED)));
    world.pollJob().poll(job.id(), job.attempt());

    callback(job, world.token(job.id()));

    assertThat(world.metrics.sum(Metric.CALLBACKS_LATE)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.CALLBACKS_DUPLICATE)).isZero();
  }

  @Test
  void a_forged_callback_is_refused() {
    callback(world.dispatched(), "forged");

    assertThat(world.metrics.sum(Metric.CALLBACKS_REFUSED)).isEqualTo(1);
  }

  @Test
  void a_webhook_counts_each_failure_and_one_delivery_with_its_time_and_no_time_for_a_replay() {
    Job job = world.dispatchedWithWebhook(WebhookMode.TERMINAL);
    world.receiver.answers(503, 204);
    world.happens(job, new Event.CalledBack(report(JobStatus.COMPLETED)));
    world.notifyClients();
    world.clock.advance(Duration.ofSeconds(7));
    world.notifyClients();

    world.happens(world.job(job.id()), new Event.ReplayAsked());
    world.notifyClients();

    assertThat(world.metrics.sum(Metric.WEBHOOK_ATTEMPTS_FAILED)).isEqualTo(1);
    assertThat(world.metrics.sum(Metric.WEBHOOKS_DELIVERED)).isEqualTo(2);
    assertThat(world.metrics.values(Metric.TIME_TO_DELIVER)).containsExactly(7_012.0);
    assertThat(world.metrics.sum(Metric.WEBHOOKS_GIVEN_UP)).isZero();
  }

  @Test
  void a_webhook_that_the_client_wants_no_more_is_given_up() {
    Job job = world.dispatchedWithWebhook(WebhookMode.TERMINAL);
    world.happens(job, new Event.CalledBack(report(JobStatus.COMPLETED)));
    Job owed = world.job(job.id());
    Job claimed = world.happens(owed, new Event.DeliveryBegan(owed.attempt()));

    world.happens(
        claimed,
        new Event.DeliveryAttempted(
            claimed.attempt(), Jobs.attempt(world.clock.instant(), 410), true, null));

    assertThat(world.metrics.sum(Metric.WEBHOOKS_GIVEN_UP)).isEqualTo(1);
  }

  @Test
  void every_sweep_tells_its_lag_also_that_there_is_none() {
    world.sweepDueJobs().sweepAll();
    world.accepted();
    world.clock.advance(Duration.ofSeconds(100));

    world.sweep();
    world.sweepDueJobs().sweepShard(0, () -> true);

    assertThat(world.metrics.values(Metric.SWEEP_LAG)).containsExactly(0.0, 40_000.0);
    assertThat(world.metrics.sum(Metric.SWEPT_JOBS)).isEqualTo(1);
  }

  private void callback(Job job, String token) {
    var _ =
        world
            .receiveCallback(false)
            .receive(
                job.id().value(),
                token,
                """
                {"request_id": "%s", "status": "COMPLETED",
                 "output": {"media_url": ["https://pub-1.r2.dev/v1/output.glb"]}}
                """
                    .formatted(Jobs.UPSTREAM_ID)
                    .getBytes(UTF_8));
  }
}
