package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Effect.PostWebhook;
import dev.pixal3d.jobs.core.job.Effect.SendNotify;
import dev.pixal3d.jobs.core.job.Effect.SendPoll;
import dev.pixal3d.jobs.core.job.Effect.SendProgress;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How clients are told, by the rules alone. */
class LifecycleDeliveryTest {
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  private static final Instant T0 = Jobs.START;

  private static Job dispatched(WebhookMode mode) {
    return Jobs.after(
        LIFECYCLE,
        Jobs.acceptedWithWebhook(Jobs.id(1), mode),
        T0,
        new Event.DispatchBegan(1),
        new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
  }

  private static Event report(JobStatus status) {
    return new Event.CalledBack(Jobs.report(status));
  }

  private static Job ended() {
    return Jobs.after(LIFECYCLE, dispatched(WebhookMode.TERMINAL), T0, report(JobStatus.COMPLETED));
  }

  private static Job sending(Job owed, Instant at) {
    return Jobs.after(LIFECYCLE, owed, at, new Event.DeliveryBegan(owed.attempt()));
  }

  private static Decision attempted(Job sending, int httpStatus, Instant at) {
    return LIFECYCLE.decide(
        sending,
        new Event.DeliveryAttempted(
            sending.attempt(), Jobs.attempt(at, httpStatus), httpStatus == 410, null),
        at);
  }

  @Nested
  class The_end {
    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "ERROR"})
    void is_saved_together_with_the_event_that_is_owed(JobStatus status) {
      Decision decision = LIFECYCLE.decide(dispatched(WebhookMode.TERMINAL), report(status), T0);

      assertThat(decision.job().status()).isEqualTo(status);
      assertThat(decision.job().waitsFor()).isEqualTo(WaitsFor.DELIVERY);
      assertThat(decision.effects())
          .containsExactly(new SendNotify(decision.job().attempt(), Duration.ZERO));
      assertThat(decision.job().expiresAt()).as("kept while it is owed").isNull();
    }

    @Test
    void is_told_to_nobody_without_a_webhook() {
      Job job =
          Jobs.after(
              LIFECYCLE,
              Jobs.accepted(Jobs.id(1)),
              T0,
              new Event.DispatchBegan(1),
              new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

      assertThat(LIFECYCLE.decide(job, report(JobStatus.COMPLETED), T0).effects()).isEmpty();
    }

    @Test
    void of_a_cancelled_job_is_told_too() {
      Job queued = Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.TERMINAL);

      Decision decision = LIFECYCLE.decide(queued, new Event.Cancelled(), T0);

      assertThat(decision.effects()).containsExactly(new SendNotify(2, Duration.ZERO));
    }
  }

  @Nested
  class An_attempt {
    @Test
    void is_made_by_one_of_two_messages_only() {
      Job owed = ended();
      Event began = new Event.DeliveryBegan(owed.attempt());
      Decision first = LIFECYCLE.decide(owed, began, T0);

      Decision second = LIFECYCLE.decide(first.job(), began, T0);

      assertThat(first.effects()).containsExactly(new PostWebhook());
      assertThat(second.effects()).isEmpty();
      assertThat(first.job().dueAt()).isEqualTo(T0.plus(Lifecycle.DELIVERY_LEASE));
    }

    @Test
    void that_succeeds_settles_the_job_for_good() {
      Job settled = attempted(sending(ended(), T0), 204, T0).job();

      assertThat(settled.delivery().settled()).isEqualTo(Settled.DELIVERED);
      assertThat(settled.waitsFor()).isEqualTo(WaitsFor.NOTHING);
      assertThat(settled.expiresAt()).isEqualTo(T0.plus(Jobs.SETTINGS.retention()));
      assertThat(settled.delivery().attempts()).hasSize(1);
      assertThat(settled.delivery().failures()).isZero();
    }

    @Test
    void that_was_taken_for_cut_off_and_yet_succeeds_settles_the_job() {
      Job sending = sending(ended(), T0);
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE);
      Job owedAgain = Jobs.after(LIFECYCLE, sending, later, new Event.Due());

      Job settled =
          LIFECYCLE
              .decide(
                  owedAgain,
                  new Event.DeliveryAttempted(
                      sending.attempt(), Jobs.attempt(T0, 200), false, null),
                  later)
              .job();

      assertThat(settled.delivery().settled()).isEqualTo(Settled.DELIVERED);
    }

    @Test
    void that_was_taken_for_cut_off_and_yet_succeeds_settles_the_job_even_while_another_is_made() {
      Job sending = sending(ended(), T0);
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE);
      Job sendingAgain = sending(Jobs.after(LIFECYCLE, sending, later, new Event.Due()), later);

      Job settled =
          LIFECYCLE
              .decide(
                  sendingAgain,
                  new Event.DeliveryAttempted(
                      sending.attempt(), Jobs.attempt(T0, 200), false, null),
                  later)
              .job();

      assertThat(settled.delivery().settled()).isEqualTo(Settled.DELIVERED);
    }

    @Test
    void that_is_cut_off_is_made_again_and_uses_up_no_place_in_the_schedule() {
      Job sending = sending(ended(), T0);

      Decision again =
          LIFECYCLE.decide(sending, new Event.Due(), T0.plus(Lifecycle.DELIVERY_LEASE));

      assertThat(again.effects())
          .containsExactly(new SendNotify(again.job().attempt(), Duration.ZERO));
      assertThat(again.job().delivery().failures()).isZero();
    }

    @Test
    void that_is_cut_off_again_and_again_is_made_ever_more_rarely() {
      var waits = new ArrayList<Duration>();
      Job job = ended();
      Instant now = T0;
      for (int i = 0; i < 8; i++) {
        Job sending = sending(job, now);
        now = now.plus(Lifecycle.DELIVERY_LEASE);
        job = Jobs.after(LIFECYCLE, sending, now, new Event.Due());
        Instant next = job.delivery().nextAt();
        waits.add(Duration.between(now, next == null ? now : next));
        now = next == null ? now : next;
      }

      assertThat(waits)
          .extracting(Duration::toSeconds)
          .containsExactly(0L, 60L, 120L, 240L, 480L, 960L, 960L, 960L);
    }

    @Test
    void that_is_answered_410_is_the_last() {
      Job settled = attempted(sending(ended(), T0), 410, T0).job();

      assertThat(settled.delivery().settled()).isEqualTo(Settled.GIVEN_UP);
    }

    @Test
    void waits_as_long_as_the_clients_server_asks() {
      assertThat(nextWhenAskedToWait(Duration.ofSeconds(600))).isEqualTo(T0.plusSeconds(600));
    }

    @Test
    void waits_for_no_server_longer_than_a_day() {
      assertThat(nextWhenAskedToWait(Duration.ofDays(7))).isEqualTo(T0.plus(Duration.ofDays(1)));
    }

    @Test
    void is_made_no_earlier_than_scheduled_for_being_asked_to_come_back_soon() {
      assertThat(nextWhenAskedToWait(Duration.ofMillis(1)))
          .isEqualTo(nextWhenAskedToWait(null))
          .isBetween(T0.plusSeconds(5), T0.plusSeconds(6));
    }

    private static Instant nextWhenAskedToWait(@Nullable Duration retryAfter) {
      Job sending = sending(ended(), T0);
      var attempted =
          new Event.DeliveryAttempted(sending.attempt(), Jobs.attempt(T0, 503), false, retryAfter);
      return Objects.requireNonNull(
          LIFECYCLE.decide(sending, attempted, T0).job().delivery().nextAt());
    }

    @Test
    void is_not_made_and_not_counted_while_the_endpoint_is_off() {
      Job owed = ended();

      Job held =
          LIFECYCLE
              .decide(owed, new Event.DeliveryHeld(owed.attempt(), T0.plusSeconds(3600), "off"), T0)
              .job();

      assertThat(held.delivery().failures()).isZero();
      assertThat(held.delivery().nextAt())
          .isBetween(T0.plusSeconds(3600), T0.plusSeconds(3600 + 1800));
    }

    @Test
    void is_given_up_once_the_job_would_be_forgotten() {
      Instant endedAt = T0.plusSeconds(3600);
      Job owed =
          Jobs.after(
              LIFECYCLE, dispatched(WebhookMode.TERMINAL), endedAt, report(JobStatus.COMPLETED));
      Instant late = endedAt.plus(Jobs.SETTINGS.retention());

      Job kept = held(owed, late.minusMillis(1));
      Job givenUp = held(owed, late);

      assertThat(kept.waitsFor()).isEqualTo(WaitsFor.DELIVERY);
      assertThat(givenUp.delivery().settled()).isEqualTo(Settled.GIVEN_UP);
    }

    private static Job held(Job owed, Instant at) {
      return LIFECYCLE.decide(owed, new Event.DeliveryHeld(owed.attempt(), at, "off"), at).job();
    }
  }

  @Test
  void failed_attempts_follow_the_schedule_to_its_end() {
    var waits = new ArrayList<Duration>();
    Job job = ended();
    Instant now = T0;
    while (job.waitsFor() != WaitsFor.NOTHING) {
      job = attempted(sending(job, now), 500, now).job();
      Instant next = job.delivery().nextAt();
      if (next != null) {
        waits.add(Duration.between(now, next));
        now = next;
      }
    }

    assertThat(waits).hasSameSizeAs(Lifecycle.DELIVERY_SCHEDULE);
    for (int i = 0; i < waits.size(); i++) {
      Duration scheduled = Lifecycle.DELIVERY_SCHEDULE.get(i);
      assertThat(waits.get(i)).isBetween(scheduled, scheduled.multipliedBy(6).dividedBy(5));
    }
    assertThat(job.delivery().settled()).isEqualTo(Settled.GIVEN_UP);
    assertThat(job.delivery().attempts()).hasSize(8);
  }

  @Test
  void a_wait_that_is_too_long_for_a_message_comes_back_through_its_due_time() {
    Job job = ended();
    for (int i = 0; i < 2; i++) {
      job = attempted(sending(job, T0), 500, T0).job();
    }

    Decision third = attempted(sending(job, T0), 500, T0);

    assertThat(third.effects()).isEmpty();
    assertThat(third.job().dueAt()).isEqualTo(third.job().delivery().nextAt());
  }

  @Nested
  class A_replay {
    @Test
    void sends_a_delivered_event_again() {
      Job settled = attempted(sending(ended(), T0), 200, T0).job();

      Decision replayed = LIFECYCLE.decide(settled, new Event.ReplayAsked(), T0);

      assertThat(replayed.effects())
          .containsExactly(new SendNotify(replayed.job().attempt(), Duration.ZERO));
      assertThat(replayed.job().expiresAt()).isNull();
      assertThat(replayed.job().delivery().attempts()).as("what was is kept").hasSize(1);
    }

    @Test
    void of_an_end_that_is_not_there_yet_does_nothing() {
      Job job = dispatched(WebhookMode.TERMINAL);

      assertThat(LIFECYCLE.decide(job, new Event.ReplayAsked(), T0))
          .isEqualTo(Decision.nothing(job));
    }

    @Test
    void of_an_event_that_is_being_sent_sends_it_only_once() {
      Job sending = sending(ended(), T0);

      assertThat(LIFECYCLE.decide(sending, new Event.ReplayAsked(), T0).job()).isEqualTo(sending);
    }
  }

  @Nested
  class In_mode_sync {
    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "PROCESSING"})
    void every_report_is_told_changed_or_not(JobStatus status) {
      Job job = Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, report(status));

      Decision same = LIFECYCLE.decide(job, report(status), T0);

      assertThat(same.effects())
          .contains(new SendProgress(same.job().delivery().reports()))
          .contains(new SendPoll(same.job().attempt(), Lifecycle.SYNC_POLL));
      assertThat(same.job().delivery().reports()).isEqualTo(job.delivery().reports() + 1);
    }

    @Test
    void that_pixal3d_accepted_the_job_is_told() {
      assertThat(dispatched(WebhookMode.SYNC).delivery().reports()).isEqualTo(1);
    }

    @Test
    void a_poll_without_an_answer_is_no_news() {
      Job job = dispatched(WebhookMode.SYNC);

      Decision unanswered =
          LIFECYCLE.decide(job, new Event.PollUnanswered(job.attempt(), "no answer"), T0);

      assertThat(unanswered.effects()).noneMatch(SendProgress.class::isInstance);
    }

    @Test
    void a_report_is_told_once() {
      Job job = dispatched(WebhookMode.SYNC);
      Decision first = LIFECYCLE.decide(job, new Event.ProgressBegan(1), T0);
      Job told =
          Jobs.after(
              LIFECYCLE, first.job(), T0, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)));

      assertThat(first.effects()).containsExactly(new PostWebhook());
      assertThat(LIFECYCLE.decide(told, new Event.ProgressBegan(1), T0).effects()).isEmpty();
    }

    @Test
    void two_are_not_told_at_the_same_time() {
      Job job = Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, report(JobStatus.QUEUED));
      Job telling = Jobs.after(LIFECYCLE, job, T0, new Event.ProgressBegan(1));

      assertThat(LIFECYCLE.decide(telling, new Event.ProgressBegan(2), T0).effects()).isEmpty();
    }

    @Test
    void what_came_while_another_was_being_told_is_told_after_it() {
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              new Event.ProgressBegan(1),
              report(JobStatus.PROCESSING));

      Decision over =
          LIFECYCLE.decide(telling, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)), T0);

      assertThat(over.effects()).containsExactly(new SendProgress(2));
    }

    @Test
    void nothing_follows_one_after_which_nothing_came() {
      Job telling =
          Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, new Event.ProgressBegan(1));

      Decision over =
          LIFECYCLE.decide(telling, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)), T0);

      assertThat(over.effects()).isEmpty();
    }

    @Test
    void one_whose_attempt_was_cut_off_makes_way_for_the_next() {
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              report(JobStatus.PROCESSING),
              new Event.ProgressBegan(1));
      Event next = new Event.ProgressBegan(2);

      assertThat(
              LIFECYCLE
                  .decide(telling, next, T0.plus(Lifecycle.DELIVERY_LEASE).minusMillis(1))
                  .effects())
          .isEmpty();
      assertThat(LIFECYCLE.decide(telling, next, T0.plus(Lifecycle.DELIVERY_LEASE)).effects())
          .containsExactly(new PostWebhook());
    }

    @Test
    void what_becomes_of_an_attempt_is_heard_once_and_only_of_the_latest() {
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE);
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              report(JobStatus.PROCESSING),
              new Event.ProgressBegan(1));
      Job tellingNext = Jobs.after(LIFECYCLE, telling, later, new Event.ProgressBegan(2));
      Event firstOver = new Event.ProgressAttempted(1, Jobs.attempt(T0, 200));
      Event secondOver = new Event.ProgressAttempted(2, Jobs.attempt(later, 200));
      Job told = Jobs.after(LIFECYCLE, tellingNext, later, secondOver);

      assertThat(LIFECYCLE.decide(tellingNext, firstOver, later))
          .isEqualTo(Decision.nothing(tellingNext));
      assertThat(LIFECYCLE.decide(told, secondOver, later)).isEqualTo(Decision.nothing(told));
    }

    @Test
    void the_end_does_not_wait_for_one_whose_attempt_was_cut_off() {
      Job telling =
          Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, new Event.ProgressBegan(1));
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE).plusSeconds(1);

      Decision ended = LIFECYCLE.decide(telling, report(JobStatus.COMPLETED), later);
      Decision began =
          LIFECYCLE.decide(ended.job(), new Event.DeliveryBegan(ended.job().attempt()), later);

      assertThat(ended.job().delivery().nextAt()).isEqualTo(later);
      assertThat(began.effects()).containsExactly(new PostWebhook());
    }

    @Test
    void what_becomes_of_an_attempt_does_not_hurry_the_ends_schedule() {
      Job telling =
          Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, new Event.ProgressBegan(1));
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE);
      Job ended = Jobs.after(LIFECYCLE, telling, later, report(JobStatus.COMPLETED));
      Job failedOnce = attempted(sending(ended, later), 500, later).job();

      Decision late =
          LIFECYCLE.decide(
              failedOnce, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)), later);

      assertThat(failedOnce.waitsFor()).isEqualTo(WaitsFor.DELIVERY);
      assertThat(late.effects()).isEmpty();
    }

    @Test
    void nothing_of_before_the_end_is_told_after_an_attempt_that_outlived_it() {
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              report(JobStatus.PROCESSING),
              new Event.ProgressBegan(1));
      Instant later = T0.plus(Lifecycle.DELIVERY_LEASE);
      Job sending =
          sending(Jobs.after(LIFECYCLE, telling, later, report(JobStatus.COMPLETED)), later);

      Decision late =
          LIFECYCLE.decide(sending, new Event.ProgressAttempted(1, Jobs.attempt(T0, 200)), later);

      assertThat(late.effects()).isEmpty();
    }

    @Test
    void the_end_waits_for_one_that_is_being_told() {
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              new Event.ProgressBegan(1),
              report(JobStatus.COMPLETED));

      assertThat(telling.delivery().nextAt()).isEqualTo(T0.plus(Lifecycle.DELIVERY_LEASE));
      assertThat(
              LIFECYCLE.decide(telling, new Event.DeliveryBegan(telling.attempt()), T0).effects())
          .noneMatch(PostWebhook.class::isInstance);
    }

    @Test
    void the_end_follows_at_once_when_that_one_is_over() {
      Job telling =
          Jobs.after(
              LIFECYCLE,
              dispatched(WebhookMode.SYNC),
              T0,
              new Event.ProgressBegan(1),
              report(JobStatus.COMPLETED));

      Decision over =
          LIFECYCLE.decide(telling, new Event.ProgressAttempted(1, Jobs.attempt(T0, 500)), T0);
      Decision began =
          LIFECYCLE.decide(over.job(), new Event.DeliveryBegan(over.job().attempt()), T0);

      assertThat(over.effects()).containsExactly(new SendNotify(telling.attempt(), Duration.ZERO));
      assertThat(began.effects()).containsExactly(new PostWebhook());
    }

    @Test
    void nothing_is_told_of_before_the_end_once_it_is_there() {
      Job ended = Jobs.after(LIFECYCLE, dispatched(WebhookMode.SYNC), T0, report(JobStatus.FAILED));

      assertThat(LIFECYCLE.decide(ended, new Event.ProgressBegan(1), T0).effects()).isEmpty();
    }
  }

  @Nested
  class A_client_that_asks {
    private final Job silent = dispatched(WebhookMode.TERMINAL);
    private final Instant afterSilence = T0.plus(Jobs.SETTINGS.readThrough());

    @Test
    void causes_a_poll_after_long_silence() {
      assertThat(LIFECYCLE.decide(silent, new Event.ReadThrough(), afterSilence).effects())
          .containsExactly(new SendPoll(silent.attempt(), Duration.ZERO));
    }

    @Test
    void causes_none_while_pixal3d_has_just_spoken() {
      Instant before = afterSilence.minusMillis(1);

      assertThat(LIFECYCLE.decide(silent, new Event.ReadThrough(), before).job()).isEqualTo(silent);
    }

    @Test
    void causes_at_most_one_in_ten_seconds() {
      Job asked = Jobs.after(LIFECYCLE, silent, afterSilence, new Event.ReadThrough());

      assertThat(
              LIFECYCLE
                  .decide(asked, new Event.ReadThrough(), afterSilence.plusMillis(9_999))
                  .effects())
          .isEmpty();
      assertThat(
              LIFECYCLE
                  .decide(asked, new Event.ReadThrough(), afterSilence.plusSeconds(10))
                  .effects())
          .hasSize(1);
    }
  }

  @Test
  void a_job_that_was_submitted_again_cannot_be_cancelled_for_it_may_be_charged() {
    Lifecycle resubmitting =
        new Lifecycle(
            new LifecycleSettings(
                Jobs.SETTINGS.firstPoll(),
                Jobs.SETTINGS.pollMax(),
                Jobs.SETTINGS.readThrough(),
                Jobs.SETTINGS.dispatchBackoff(),
                Jobs.SETTINGS.unknownGrace(),
                true,
                Jobs.SETTINGS.jobDeadline(),
                Jobs.SETTINGS.retention(),
                Duration.ZERO));
    Job claimed =
        Jobs.after(resubmitting, Jobs.accepted(Jobs.id(1)), T0, new Event.DispatchBegan(1));
    Instant late = T0.plus(Jobs.SETTINGS.unknownGrace());
    Job again = Jobs.after(resubmitting, claimed, late, new Event.Due());

    assertThat(again.waitsFor()).isEqualTo(WaitsFor.DISPATCH);
    assertThat(resubmitting.decide(again, new Event.Cancelled(), late).job()).isEqualTo(again);
  }
}
