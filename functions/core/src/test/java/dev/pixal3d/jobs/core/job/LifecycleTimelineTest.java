package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole lives of jobs, as their timelines tell them to clients and operators. */
class LifecycleTimelineTest {
  private static final Instant T0 = Jobs.START;
  private static final Event ACCEPTED = new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
  private static final LifecycleSettings RESUBMITTING =
      new LifecycleSettings(
          Jobs.SETTINGS.firstPoll(),
          Jobs.SETTINGS.pollMax(),
          Jobs.SETTINGS.readThrough(),
          Jobs.SETTINGS.dispatchBackoff(),
          Jobs.SETTINGS.unknownGrace(),
          true,
          Jobs.SETTINGS.jobDeadline(),
          Jobs.SETTINGS.retention(),
          Duration.ZERO);

  private final Lifecycle lifecycle = new Lifecycle(RESUBMITTING);
  private Job job = Jobs.accepted(Jobs.id(1));

  @Test
  void of_a_job_without_trouble() {
    happens(T0, dispatchBegan());
    happens(T0, ACCEPTED);
    happens(T0, new Event.Polled(job.attempt(), Jobs.report(JobStatus.PROCESSING)));
    happens(T0, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    assertTold(
        "accepted",
        "dispatch began",
        "accepted by Pixal3D",
        "polled: PROCESSING",
        "called back: COMPLETED",
        "ended: COMPLETED");
  }

  @Test
  void of_a_job_that_pixal3d_refuses_in_the_end() {
    happens(T0, new Event.DispatchHeld(job.attempt(), T0.plusSeconds(60), "INSUFFICIENT_BALANCE"));
    happens(T0, dispatchBegan());
    happens(T0, new Event.ClaimLapsed(job.attempt()));
    happens(T0, dispatchBegan());
    happens(T0, new Event.UpstreamBusy(job.attempt(), "HTTP 503", null));
    happens(T0, dispatchBegan());
    happens(T0, new Event.UpstreamRefused(job.attempt(), 422, "no image there"));

    assertTold(
        "accepted",
        "dispatch held: INSUFFICIENT_BALANCE",
        "dispatch began",
        "claim released: the POST was not begun in time; nothing was sent",
        "dispatch began",
        "not accepted, try later: HTTP 503",
        "dispatch began",
        "refused by Pixal3D: HTTP 422",
        "ended: FAILED");
  }

  @Test
  void of_a_job_whose_submit_stays_without_an_answer() {
    happens(T0, dispatchBegan());
    happens(T0, new Event.OutcomeUnknown(job.attempt(), "reset after the request"));
    Instant graceEnd = T0.plus(RESUBMITTING.unknownGrace());
    happens(graceEnd, new Event.Due());
    happens(graceEnd, dispatchBegan());
    happens(dueAt(), new Event.Due());
    happens(graceEnd.plus(RESUBMITTING.unknownGrace()), new Event.Due());

    assertTold(
        "accepted",
        "dispatch began",
        "outcome unknown: reset after the request",
        "submitted again: the outcome of the first submit stayed unknown",
        "dispatch began",
        "no answer to the submit yet",
        "ended: FAILED");
  }

  @Test
  void of_a_job_that_pixal3d_does_not_end_in_time() {
    happens(T0, dispatchBegan());
    happens(T0, ACCEPTED);
    happens(T0, new Event.CallbackDoubted("a result on a foreign host"));
    happens(T0, new Event.PollUnanswered(job.attempt(), "HTTP 502"));
    happens(job.deadlineAt(), new Event.Polled(job.attempt(), Jobs.report(JobStatus.PROCESSING)));

    assertTold(
        "accepted",
        "dispatch began",
        "accepted by Pixal3D",
        "callback not believed: a result on a foreign host",
        "poll unanswered: HTTP 502",
        "timed out: Pixal3D still reports PROCESSING",
        "ended: FAILED");
  }

  @Test
  void of_a_job_whose_client_is_hard_to_reach() {
    job = Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.TERMINAL);
    happens(T0, new Event.Cancelled());
    happens(T0, new Event.DeliveryHeld(job.attempt(), T0.plusSeconds(60), "endpoint switched off"));
    happens(T0, new Event.DeliveryBegan(job.attempt()));
    happens(dueAt(), new Event.Due());
    happens(T0, new Event.DeliveryBegan(job.attempt()));
    happens(T0, delivery(500, false));
    happens(T0, new Event.DeliveryBegan(job.attempt()));
    happens(T0, delivery(204, false));
    happens(T0, new Event.ReplayAsked());
    happens(T0, new Event.DeliveryBegan(job.attempt()));
    happens(T0, delivery(410, true));

    assertTold(
        "accepted",
        "ended: CANCELLED",
        "webhook held: endpoint switched off",
        "webhook attempt cut off",
        "webhook not delivered: answered 500",
        "webhook delivered",
        "webhook replay asked",
        "webhook not delivered: answered 410",
        "webhook given up");
  }

  @Test
  void of_a_job_whose_client_is_told_everything() {
    job = Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.SYNC);
    happens(T0, dispatchBegan());
    happens(T0, ACCEPTED);
    happens(T0, new Event.ProgressBegan(1));
    happens(T0, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)));
    happens(T0, new Event.CalledBack(Jobs.report(JobStatus.PROCESSING)));
    happens(T0, new Event.ProgressBegan(2));
    happens(T0, new Event.ProgressAttempted(2, Jobs.attempt(T0, 500)));

    assertTold(
        "accepted",
        "dispatch began",
        "accepted by Pixal3D",
        "webhook told of progress",
        "called back: PROCESSING",
        "webhook not told of progress: answered 500");
  }

  @Test
  void of_a_job_that_operators_had_to_do_with() {
    happens(T0, new Event.Requeued(false));
    happens(T0, new Event.Restored(T0));
    happens(T0, ACCEPTED);
    happens(T0, new Event.CalledBack(Jobs.report(JobStatus.ERROR)));

    assertTold(
        "accepted",
        "requeued by an operator",
        "outcome unknown: read back from a backup; it may have been submitted since",
        "accepted by Pixal3D",
        "called back: ERROR",
        "ended: FAILED");
  }

  @Test
  void of_a_forgotten_job_without_what_was_particular() {
    happens(T0, new Event.Cancelled());
    happens(T0, new Event.Forgotten());

    assertTold("accepted", "ended", "forgotten");
  }

  private void happens(Instant at, Event event) {
    job = lifecycle.decide(job, event, at).job();
  }

  private Event dispatchBegan() {
    return new Event.DispatchBegan(job.attempt());
  }

  private Event delivery(int httpStatus, boolean gone) {
    return new Event.DeliveryAttempted(
        job.attempt(), Jobs.attempt(T0, httpStatus), gone, Duration.ZERO);
  }

  private Instant dueAt() {
    return java.util.Objects.requireNonNull(job.dueAt());
  }

  private void assertTold(String... words) {
    List<String> told =
        job.timeline().entries().stream()
            .map(entry ->
                entry.detail().isEmpty() ? entry.what() : entry.what() + ": " + entry.detail())
            .toList();
    assertThat(told).containsExactly(words);
  }
}
