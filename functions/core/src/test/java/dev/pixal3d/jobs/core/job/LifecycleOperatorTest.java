package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators can do to a job. */
class LifecycleOperatorTest {
  private static final Instant LATER = Jobs.START.plusSeconds(600);
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
  private static final Lifecycle LIFECYCLE = new Lifecycle(RESUBMITTING);

  private final Job queued = Jobs.accepted(Jobs.id(1));

  @Test
  void requeuing_makes_the_message_that_was_under_way_stale() {
    Decision requeued = LIFECYCLE.decide(queued, new Event.Requeued(false), LATER);

    assertThat(requeued.effects()).containsExactly(new Effect.SendDispatch(2, Duration.ZERO));
    assertThat(LIFECYCLE.decide(requeued.job(), new Event.DispatchBegan(1), LATER).claims())
        .isFalse();
    assertThat(LIFECYCLE.decide(requeued.job(), new Event.DispatchBegan(2), LATER).claims())
        .isTrue();
  }

  @Test
  void requeuing_asks_pixal3d_at_once_about_a_job_that_it_has() {
    Job accepted =
        Jobs.after(
            LIFECYCLE,
            queued,
            Jobs.START,
            new Event.DispatchBegan(1),
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

    Decision requeued = LIFECYCLE.decide(accepted, new Event.Requeued(false), LATER);

    assertThat(requeued.effects())
        .containsExactly(new Effect.SendPoll(accepted.attempt() + 1, Duration.ZERO));
  }

  @Test
  void requeuing_delivers_at_once_and_keeps_the_place_in_the_schedule() {
    Job failedOnce = failedDelivery();

    Decision requeued = LIFECYCLE.decide(failedOnce, new Event.Requeued(false), LATER);

    assertThat(requeued.effects())
        .containsExactly(new Effect.SendNotify(failedOnce.attempt() + 1, Duration.ZERO));
    assertThat(requeued.job().delivery().failures()).isEqualTo(1);
  }

  @Test
  void requeuing_takes_up_an_attempt_that_was_cut_off_but_none_that_is_being_made() {
    Job sending =
        Jobs.after(
            LIFECYCLE,
            failedDelivery(),
            LATER,
            new Event.Requeued(false),
            new Event.DeliveryBegan(failedDelivery().attempt() + 1));

    assertThat(LIFECYCLE.decide(sending, new Event.Requeued(false), LATER).effects()).isEmpty();
    assertThat(
            LIFECYCLE
                .decide(sending, new Event.Requeued(false), LATER.plus(Lifecycle.DELIVERY_LEASE))
                .effects())
        .hasSize(1);
  }

  @Test
  void a_job_that_an_operator_submits_again_may_be_charged_whatever_becomes_of_it() {
    Job claimed = Jobs.after(LIFECYCLE, queued, Jobs.START, new Event.DispatchBegan(1));

    Job again = Jobs.after(LIFECYCLE, claimed, LATER, new Event.Requeued(true));
    Job ended = Jobs.after(LIFECYCLE, again, again.deadlineAt(), new Event.Due());

    assertThat(again.resubmitted()).isTrue();
    assertThat(again.deadlineAt()).isEqualTo(LATER.plus(RESUBMITTING.jobDeadline()));
    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.error()).contains("may have been charged");
  }

  @Test
  void a_job_from_a_backup_is_never_submitted_again_not_even_where_unknown_ones_are() {
    Job restored = Jobs.after(LIFECYCLE, queued, LATER, new Event.Restored(Jobs.START));

    assertThat(LIFECYCLE.decide(restored, new Event.DispatchBegan(1), LATER).claims()).isFalse();
    assertThat(restored.dueAt()).isEqualTo(LATER.plus(RESUBMITTING.unknownGrace()));

    Job ended =
        Jobs.after(LIFECYCLE, restored, LATER.plus(RESUBMITTING.unknownGrace()), new Event.Due());

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.error()).contains("Outcome unknown");
  }

  @Test
  void a_job_from_a_backup_that_shows_its_claim_is_never_submitted_again_either() {
    Job claimed = Jobs.after(LIFECYCLE, queued, Jobs.START, new Event.DispatchBegan(1));

    Job restored = Jobs.after(LIFECYCLE, claimed, LATER, new Event.Restored(Jobs.START));
    Job ended =
        Jobs.after(LIFECYCLE, restored, LATER.plus(RESUBMITTING.unknownGrace()), new Event.Due());

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_job_from_a_backup_is_healed_by_its_callback() {
    Job restored = Jobs.after(LIFECYCLE, queued, LATER, new Event.Restored(Jobs.START));

    Job healed =
        Jobs.after(
            LIFECYCLE, restored, LATER, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    assertThat(healed.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(healed.upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
  }

  @Test
  void preparing_a_backup_twice_changes_nothing_more() {
    Job restored = Jobs.after(LIFECYCLE, queued, LATER, new Event.Restored(Jobs.START));

    Decision again =
        LIFECYCLE.decide(restored, new Event.Restored(Jobs.START), LATER.plusSeconds(60));

    assertThat(again.job()).isEqualTo(restored);
  }

  @Test
  void a_forgotten_job_keeps_what_charges_depend_on_and_nothing_of_the_client() {
    Job failed = failedDelivery();

    Decision forgotten = LIFECYCLE.decide(failed, new Event.Forgotten(), LATER);
    Job tombstone = forgotten.job();

    assertThat(forgotten.effects()).isEmpty();
    assertThat(tombstone.id()).isEqualTo(failed.id());
    assertThat(tombstone.status()).isEqualTo(failed.status());
    assertThat(tombstone.upstreamId()).isEqualTo(failed.upstreamId());
    assertThat(tombstone.completedAt()).isEqualTo(failed.completedAt());
    assertThat(tombstone.expiresAt()).isEqualTo(LATER.plus(RESUBMITTING.retention()));
    assertThat(tombstone.isForgotten()).isTrue();
    assertThat(tombstone.toString())
        .doesNotContain("dog.png")
        .doesNotContain("client.example.com")
        .doesNotContain("output.glb")
        .doesNotContain("answered 500");
  }

  @Test
  void forgetting_a_job_that_rests_keeps_it_no_longer() {
    Job resting = Jobs.after(LIFECYCLE, queued, Jobs.START, new Event.Cancelled());

    Job tombstone = Jobs.after(LIFECYCLE, resting, LATER, new Event.Forgotten());

    assertThat(tombstone.isForgotten()).isTrue();
    assertThat(tombstone.expiresAt()).isEqualTo(resting.expiresAt());
  }

  @Test
  void nothing_more_happens_to_a_forgotten_job() {
    Job tombstone = Jobs.after(LIFECYCLE, failedDelivery(), LATER, new Event.Forgotten());

    for (Event late :
        List.of(
            new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)),
            new Event.ReplayAsked(),
            new Event.Requeued(true),
            new Event.Restored(LATER),
            new Event.Forgotten(),
            new Event.DeliveryAttempted(
                tombstone.attempt(), Jobs.attempt(LATER, 204), false, null))) {
      assertThat(LIFECYCLE.decide(tombstone, late, LATER)).isEqualTo(Decision.nothing(tombstone));
    }
  }

  private static Job failedDelivery() {
    Job owed =
        Jobs.after(
            LIFECYCLE,
            Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.TERMINAL),
            Jobs.START,
            new Event.DispatchBegan(1),
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
            new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    return Jobs.after(
        LIFECYCLE,
        owed,
        Jobs.START,
        new Event.DeliveryBegan(owed.attempt()),
        new Event.DeliveryAttempted(
            owed.attempt() + 1, Jobs.attempt(Jobs.START, 500), false, null));
  }
}
