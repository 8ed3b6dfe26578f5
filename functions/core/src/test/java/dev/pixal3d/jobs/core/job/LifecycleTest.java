package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Effect.SendDispatch;
import dev.pixal3d.jobs.core.job.Effect.SendPoll;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules that a table of statuses does not show: times, backoffs, deadlines, words. */
class LifecycleTest {
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  private static final Instant T0 = Jobs.START;
  private static final Event CLAIM = new Event.DispatchBegan(1);
  private static final Event ACCEPTED = new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);

  private final Job queued = Jobs.accepted(Jobs.id(1));
  private final Job claimed = Jobs.after(LIFECYCLE, queued, T0, CLAIM);
  private final Job accepted = Jobs.after(LIFECYCLE, queued, T0, CLAIM, ACCEPTED);

  @Nested
  class An_accepted_job {
    @Test
    void is_dispatched_at_once_and_due_a_minute_later_in_case_the_message_is_lost() {
      Decision decision =
          LIFECYCLE.accept(Jobs.id(1), "acme", Jobs.order(WebhookMode.TERMINAL), T0);

      assertThat(decision.effects()).containsExactly(new SendDispatch(1, Duration.ZERO));
      assertThat(decision.job().dueAt()).isEqualTo(T0.plusSeconds(60));
    }
  }

  @Nested
  class A_claim {
    @Test
    void is_waited_for_from_when_it_was_made_not_from_when_the_job_came() {
      Instant claimedAt = T0.plusSeconds(50);
      Job late = Jobs.after(LIFECYCLE, queued, claimedAt, CLAIM);

      Decision decision = LIFECYCLE.decide(late, new Event.Due(), T0.plusSeconds(60));

      assertThat(decision.job().dueAt()).isEqualTo(claimedAt.plusSeconds(7200));
    }

    @Test
    void does_not_move_the_due_time_for_that_would_cost_two_index_writes() {
      assertThat(claimed.dueAt()).isEqualTo(queued.dueAt());
    }

    @Test
    void that_lapsed_is_dispatched_again_at_once() {
      Decision decision = LIFECYCLE.decide(claimed, new Event.ClaimLapsed(1), T0.plusSeconds(11));

      assertThat(decision.effects()).containsExactly(new SendDispatch(2, Duration.ZERO));
    }

    @Test
    void found_due_is_put_off_to_the_end_of_the_grace() {
      Decision decision = LIFECYCLE.decide(claimed, new Event.Due(), T0.plusSeconds(60));

      assertThat(decision.effects()).isEmpty();
      assertThat(decision.job().dueAt()).isEqualTo(T0.plusSeconds(7200));
    }

    @Test
    void of_an_earlier_attempt_has_no_say_any_more() {
      Job again = Jobs.after(LIFECYCLE, claimed, T0, new Event.ClaimLapsed(1));
      Job claimedAgain = Jobs.after(LIFECYCLE, again, T0, new Event.DispatchBegan(2));

      Decision decision =
          LIFECYCLE.decide(claimedAgain, new Event.UpstreamRefused(1, 400, "late"), T0);

      assertThat(decision.job()).isEqualTo(claimedAgain);
    }
  }

  @Nested
  class An_unknown_outcome {
    private final Job unknown =
        Jobs.after(LIFECYCLE, claimed, T0, new Event.OutcomeUnknown(1, "reset after the request"));
    private final Instant graceEnd = T0.plusSeconds(7200);

    @Test
    void is_never_dispatched_again_within_the_grace() {
      Decision decision = LIFECYCLE.decide(unknown, new Event.Due(), graceEnd.minusMillis(1));

      assertThat(decision.effects()).isEmpty();
      assertThat(unknown.dueAt()).isEqualTo(graceEnd);
    }

    @Test
    void fails_after_the_grace_and_says_that_it_may_have_been_charged() {
      Job ended = LIFECYCLE.decide(unknown, new Event.Due(), graceEnd).job();

      assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
      assertThat(ended.error())
          .startsWith("Outcome unknown")
          .contains("not submitted again so as not to pay twice")
          .contains("may have been charged");
    }

    @Test
    void is_healed_by_a_callback_whenever_it_comes() {
      Job healed =
          LIFECYCLE
              .decide(
                  unknown,
                  new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)),
                  graceEnd.minusMillis(1))
              .job();

      assertThat(healed.status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(healed.upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
    }

    @Test
    void is_submitted_once_more_where_that_is_wanted_and_no_third_time() {
      Lifecycle resubmitting = resubmitting();
      Decision again = resubmitting.decide(unknown, new Event.Due(), graceEnd);
      Job claimedAgain =
          Jobs.after(
              resubmitting, again.job(), graceEnd, new Event.DispatchBegan(again.job().attempt()));

      Job ended =
          resubmitting.decide(claimedAgain, new Event.Due(), graceEnd.plusSeconds(7200)).job();

      assertThat(again.effects())
          .containsExactly(new SendDispatch(again.job().attempt(), Duration.ZERO));
      assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void that_was_submitted_again_never_ends_as_not_charged_by_our_word() {
      Lifecycle resubmitting = resubmitting();
      Job again = resubmitting.decide(unknown, new Event.Due(), graceEnd).job();

      Job ended =
          resubmitting
              .decide(again, new Event.DispatchBegan(again.attempt()), graceEnd.plusSeconds(7200))
              .job();

      assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
      assertThat(ended.error()).contains("may have been charged");
    }

    private Lifecycle resubmitting() {
      return new Lifecycle(
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
    }
  }

  @Nested
  class A_job_that_pixal3d_does_not_take_for_now {
    @Test
    void waits_as_long_as_pixal3d_asks() {
      Decision decision =
          LIFECYCLE.decide(claimed, new Event.UpstreamBusy(1, "429", Duration.ofSeconds(77)), T0);

      assertThat(decision.effects()).containsExactly(new SendDispatch(2, Duration.ofSeconds(77)));
      assertThat(decision.job().dueAt()).isEqualTo(T0.plusSeconds(77 + 60));
    }

    @Test
    void waits_no_shorter_for_being_asked_to_come_back_soon() {
      Job triedOften = claimed;
      for (int tries = 0; tries < 10; tries++) {
        triedOften =
            Jobs.after(
                LIFECYCLE,
                triedOften,
                T0,
                new Event.UpstreamBusy(triedOften.attempt(), "503", null),
                new Event.DispatchBegan(triedOften.attempt() + 1));
      }
      int attempt = triedOften.attempt();

      Decision unasked =
          LIFECYCLE.decide(triedOften, new Event.UpstreamBusy(attempt, "503", null), T0);
      Decision asked =
          LIFECYCLE.decide(
              triedOften, new Event.UpstreamBusy(attempt, "503", Duration.ofMillis(1)), T0);

      assertThat(delayOf(asked)).isEqualTo(delayOf(unasked)).isGreaterThan(Duration.ofMillis(1));
    }

    @Test
    void waits_longer_from_try_to_try_but_never_over_fifteen_minutes() {
      Job job = claimed;
      for (int tries = 0; tries < 30; tries++) {
        Decision decision =
            LIFECYCLE.decide(job, new Event.UpstreamBusy(job.attempt(), "503", null), T0);
        Duration delay = delayOf(decision);
        long ceilingSeconds = Math.min(900, 5L << Math.min(tries, 20));
        assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(ceilingSeconds));
        job =
            Jobs.after(
                LIFECYCLE, decision.job(), T0, new Event.DispatchBegan(decision.job().attempt()));
      }
    }

    @Test
    void spreads_with_the_others_that_wait() {
      List<Duration> delays =
          java.util.stream.IntStream.range(0, 100)
              .mapToObj(n -> Jobs.after(LIFECYCLE, Jobs.accepted(Jobs.id(n)), T0, CLAIM))
              .map(job -> LIFECYCLE.decide(job, new Event.UpstreamBusy(1, "503", null), T0))
              .map(LifecycleTest::delayOf)
              .distinct()
              .toList();

      assertThat(delays).hasSizeGreaterThan(90);
    }

    @Test
    void comes_back_by_message_after_the_fifteen_minutes_that_sqs_allows() {
      Decision decision =
          LIFECYCLE.decide(claimed, new Event.UpstreamBusy(1, "429", Duration.ofMinutes(15)), T0);

      assertThat(decision.effects()).containsExactly(new SendDispatch(2, Duration.ofMinutes(15)));
    }

    @Test
    void comes_back_by_its_due_time_alone_when_the_wait_is_too_long_for_a_message() {
      Decision decision =
          LIFECYCLE.decide(claimed, new Event.UpstreamBusy(1, "429", Duration.ofHours(1)), T0);

      assertThat(decision.effects()).isEmpty();
      assertThat(decision.job().dueAt()).isEqualTo(T0.plus(Duration.ofHours(1)));
    }

    @Test
    void ends_as_error_not_charged_at_its_deadline() {
      Job waiting =
          LIFECYCLE.decide(claimed, new Event.UpstreamBusy(1, "429", Duration.ofDays(1)), T0).job();

      Job ended = LIFECYCLE.decide(waiting, new Event.Due(), T0.plusSeconds(7200)).job();

      assertThat(waiting.dueAt()).isEqualTo(T0.plusSeconds(7200));
      assertThat(ended.status()).isEqualTo(JobStatus.ERROR);
      assertThat(ended.error()).contains("7200 s").contains("not charged");
    }

    @Test
    void waits_for_the_gate_and_a_little_longer() {
      Decision decision =
          LIFECYCLE.decide(
              queued, new Event.DispatchHeld(1, T0.plusSeconds(60), "INSUFFICIENT_BALANCE"), T0);

      assertThat(delayOf(decision)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    @Test
    void goes_on_at_once_when_the_gate_has_opened_meanwhile() {
      Decision decision =
          LIFECYCLE.decide(queued, new Event.DispatchHeld(1, T0, "THROTTLED"), T0.plusSeconds(30));

      assertThat(decision.effects()).containsExactly(new SendDispatch(2, Duration.ZERO));
      assertThat(decision.job().dueAt()).isEqualTo(T0.plusSeconds(30 + 60));
    }

    @Test
    void ends_at_its_deadline_even_while_the_gate_is_closed() {
      Instant deadline = queued.deadlineAt();

      Job ended =
          LIFECYCLE
              .decide(
                  queued,
                  new Event.DispatchHeld(1, deadline.plusSeconds(60), "INSUFFICIENT_BALANCE"),
                  deadline)
              .job();

      assertThat(ended.status()).isEqualTo(JobStatus.ERROR);
      assertThat(ended.error()).contains("not charged");
    }
  }

  @Nested
  class A_refused_job {
    @Test
    void fails_with_pixal3ds_words() {
      Job ended =
          LIFECYCLE
              .decide(claimed, new Event.UpstreamRefused(1, 422, "image_url is not an image"), T0)
              .job();

      assertThat(ended.error()).isEqualTo("image_url is not an image");
    }
  }

  @Nested
  class Waiting_for_word {
    @Test
    void begins_with_the_first_poll_and_no_message_in_terminal_mode() {
      Decision decision = LIFECYCLE.decide(claimed, ACCEPTED, T0.plusSeconds(2));

      assertThat(decision.effects()).isEmpty();
      assertThat(decision.job().dueAt()).isEqualTo(T0.plusSeconds(182));
      assertThat(decision.job().deadlineAt()).isEqualTo(T0.plusSeconds(7202));
    }

    @Test
    void asks_often_enough_in_sync_mode_to_tell_every_fifteen_seconds() {
      Job sync = LIFECYCLE.accept(Jobs.id(2), "acme", Jobs.order(WebhookMode.SYNC), T0).job();
      Job syncClaimed = Jobs.after(LIFECYCLE, sync, T0, CLAIM);

      Decision decision = LIFECYCLE.decide(syncClaimed, ACCEPTED, T0);
      Decision next =
          LIFECYCLE.decide(
              decision.job(),
              new Event.Polled(decision.job().attempt(), Jobs.report(JobStatus.PROCESSING)),
              T0.plus(Lifecycle.SYNC_POLL));

      assertThat(Lifecycle.SYNC_POLL).isLessThan(Duration.ofSeconds(14));
      assertThat(decision.effects())
          .containsExactly(new SendPoll(decision.job().attempt(), Lifecycle.SYNC_POLL));
      assertThat(next.effects())
          .containsExactly(new SendPoll(next.job().attempt(), Lifecycle.SYNC_POLL));
    }

    @Test
    void doubles_from_poll_to_poll_up_to_the_longest() {
      Job first = poll(accepted, T0);
      Job second = poll(first, T0);
      Job third = poll(second, T0);

      assertThat(untilDue(first)).isBetween(Duration.ofSeconds(288), Duration.ofSeconds(360));
      assertThat(untilDue(second)).isBetween(Duration.ofSeconds(480), Duration.ofSeconds(600));
      assertThat(untilDue(third)).isBetween(Duration.ofSeconds(480), Duration.ofSeconds(600));
    }

    @Test
    void doubles_also_while_pixal3d_gives_no_answer() {
      Job first = unanswered(accepted, T0);
      Job second = unanswered(first, T0);

      assertThat(untilDue(first)).isBetween(Duration.ofSeconds(288), Duration.ofSeconds(360));
      assertThat(untilDue(second)).isBetween(Duration.ofSeconds(480), Duration.ofSeconds(600));
    }

    @Test
    void spreads_the_polls_of_jobs_that_began_together() {
      List<Instant> dueTimes =
          java.util.stream.IntStream.range(0, 100)
              .mapToObj(n -> Jobs.after(LIFECYCLE, Jobs.accepted(Jobs.id(n)), T0, CLAIM, ACCEPTED))
              .map(job -> dueAt(poll(job, T0)))
              .distinct()
              .toList();

      assertThat(dueTimes).hasSizeGreaterThan(90);
    }

    @Test
    void goes_on_at_the_same_pace_past_the_deadline_while_pixal3d_gives_no_answer() {
      Instant late = accepted.deadlineAt().plusSeconds(3600);

      Job asked = unanswered(accepted, late);

      assertThat(Duration.between(late, dueAt(asked)))
          .isBetween(Duration.ofSeconds(288), Duration.ofSeconds(360));
    }

    @Test
    void begins_anew_after_a_callback() {
      Job polled = poll(poll(accepted, T0), T0);

      Job calledBack =
          LIFECYCLE
              .decide(polled, new Event.CalledBack(Jobs.report(JobStatus.PROCESSING)), T0)
              .job();

      assertThat(untilDue(calledBack)).isEqualTo(Duration.ofSeconds(180));
    }

    @Test
    void drops_a_poll_message_that_a_callback_overtook() {
      Job calledBack =
          LIFECYCLE
              .decide(accepted, new Event.CalledBack(Jobs.report(JobStatus.PROCESSING)), T0)
              .job();

      Decision decision =
          LIFECYCLE.decide(calledBack, new Event.PollUnanswered(accepted.attempt(), "late"), T0);

      assertThat(decision.job()).isEqualTo(calledBack);
    }

    @Test
    void asks_at_once_when_a_callback_is_not_believed() {
      Decision decision =
          LIFECYCLE.decide(accepted, new Event.CallbackDoubted("a foreign host"), T0);

      assertThat(decision.effects())
          .containsExactly(new SendPoll(accepted.attempt(), Duration.ZERO));
    }
  }

  @Nested
  class The_sweep {
    @Test
    void takes_a_job_for_a_minute_at_first_then_twice_as_long_each_time() {
      Job job = accepted;
      for (int seconds : List.of(60, 120, 240, 480, 960, 960)) {
        Instant due = dueAt(job);
        Decision decision = LIFECYCLE.decide(job, new Event.Due(), due);
        assertThat(decision.effects()).containsExactly(new SendPoll(job.attempt(), Duration.ZERO));
        assertThat(dueAt(decision.job())).isEqualTo(due.plusSeconds(seconds));
        job = decision.job();
      }
    }

    @Test
    void begins_with_a_minute_again_once_the_job_has_moved() {
      Job taken = LIFECYCLE.decide(accepted, new Event.Due(), dueAt(accepted)).job();
      Job moved = poll(taken, dueAt(taken));

      Job takenAgain = LIFECYCLE.decide(moved, new Event.Due(), dueAt(moved)).job();

      assertThat(Duration.between(dueAt(moved), dueAt(takenAgain)))
          .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void queues_a_dispatch_whose_message_was_lost_for_the_same_attempt() {
      Decision decision = LIFECYCLE.decide(queued, new Event.Due(), dueAt(queued));

      assertThat(decision.effects()).containsExactly(new SendDispatch(1, Duration.ZERO));
    }
  }

  @Nested
  class The_deadline {
    private final Instant deadline = accepted.deadlineAt();

    @Test
    void is_when_a_poll_is_due_even_if_the_backoff_would_be_longer() {
      Job late = poll(accepted, deadline.minusSeconds(30));

      assertThat(late.dueAt()).isEqualTo(deadline);
    }

    @Test
    void fails_a_job_that_pixal3d_still_works_on() {
      Job ended = poll(accepted, deadline);

      assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
      assertThat(ended.error()).startsWith("Timed out").contains("may have been charged");
    }

    @Test
    void takes_the_result_of_the_poll_that_decides() {
      Job ended =
          LIFECYCLE
              .decide(
                  accepted,
                  new Event.Polled(accepted.attempt(), Jobs.report(JobStatus.COMPLETED)),
                  deadline.plusSeconds(1))
              .job();

      assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void waits_for_an_answer_no_longer_than_a_day() {
      Event unanswered = new Event.PollUnanswered(accepted.attempt(), "HTTP 502");

      Job asked = LIFECYCLE.decide(accepted, unanswered, deadline.plusSeconds(86_399)).job();
      Job ended = LIFECYCLE.decide(accepted, unanswered, deadline.plusSeconds(86_400)).job();

      assertThat(asked.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    }
  }

  @Nested
  class The_end {
    @Test
    void keeps_the_output() {
      assertThat(ended(JobStatus.COMPLETED).output()).isEqualTo(Jobs.OUTPUT);
    }

    @Test
    void is_kept_for_the_retention() {
      assertThat(ended(JobStatus.COMPLETED).expiresAt()).isEqualTo(T0.plus(Duration.ofDays(30)));
    }

    @Test
    void passes_on_upstreams_words_of_a_failure() {
      assertThat(ended(JobStatus.ERROR).error()).isEqualTo("upstream's words");
    }

    @Test
    void names_a_failure_for_which_upstream_gave_no_words() {
      var wordless = new Report(Jobs.UPSTREAM_ID, JobStatus.FAILED, null, null, null);

      Job ended = LIFECYCLE.decide(accepted, new Event.CalledBack(wordless), T0).job();

      assertThat(ended.error()).isEqualTo("Pixal3D reported FAILED without giving a reason.");
    }

    @Test
    void takes_upstreams_time_where_it_can_be_true() {
      Instant told = T0.plusSeconds(50);

      assertThat(completedWith(told, T0.plusSeconds(60))).isEqualTo(told);
      assertThat(completedWith(T0.minusSeconds(1), T0.plusSeconds(60)))
          .isEqualTo(T0.plusSeconds(60));
      assertThat(completedWith(T0.plusSeconds(61), T0.plusSeconds(60)))
          .isEqualTo(T0.plusSeconds(60));
    }

    @Test
    void keeps_the_same_end_of_another_upstream_job_as_evidence() {
      var another = new Report("another-job", JobStatus.COMPLETED, null, Jobs.OUTPUT, null);

      Job told =
          LIFECYCLE.decide(ended(JobStatus.COMPLETED), new Event.CalledBack(another), T0).job();

      assertThat(told.timeline().tells("called back after the end", "COMPLETED")).isTrue();
    }

    @Test
    void keeps_a_contradicting_word_as_evidence_once() {
      Job completed = ended(JobStatus.COMPLETED);
      var contradiction = new Event.CalledBack(Jobs.report(JobStatus.FAILED));

      Job once = LIFECYCLE.decide(completed, contradiction, T0.plusSeconds(5)).job();
      Job twice = LIFECYCLE.decide(once, contradiction, T0.plusSeconds(6)).job();

      assertThat(once.status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(once.timeline().entries().getLast().what()).isEqualTo("called back after the end");
      assertThat(twice).isEqualTo(once);
    }

    private Instant completedWith(Instant told, Instant now) {
      var report = new Report(Jobs.UPSTREAM_ID, JobStatus.COMPLETED, null, Jobs.OUTPUT, told);
      Instant completedAt =
          LIFECYCLE.decide(accepted, new Event.CalledBack(report), now).job().completedAt();
      return java.util.Objects.requireNonNull(completedAt);
    }

    private Job ended(JobStatus status) {
      return LIFECYCLE.decide(accepted, new Event.CalledBack(Jobs.report(status)), T0).job();
    }
  }

  @Test
  void time_as_clients_see_it_moves_on_when_pixal3d_takes_the_job_and_when_it_ends() {
    Job taken = LIFECYCLE.decide(claimed, ACCEPTED, T0.plusSeconds(2)).job();
    Job cancelled = LIFECYCLE.decide(queued, new Event.Cancelled(), T0.plusSeconds(3)).job();

    assertThat(taken.updatedAt()).isEqualTo(T0.plusSeconds(2));
    assertThat(cancelled.updatedAt()).isEqualTo(T0.plusSeconds(3));
  }

  @Test
  void time_as_clients_see_it_does_not_run_back_when_clocks_differ() {
    Job later =
        LIFECYCLE
            .decide(
                accepted,
                new Event.CalledBack(Jobs.report(JobStatus.PROCESSING)),
                T0.plusSeconds(100))
            .job();

    Job earlier =
        LIFECYCLE
            .decide(
                later, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)), T0.plusSeconds(40))
            .job();

    assertThat(earlier.updatedAt()).isEqualTo(later.updatedAt());
    assertThat(earlier.completedAt()).isEqualTo(later.updatedAt());
  }

  private static Job poll(Job job, Instant at) {
    return LIFECYCLE
        .decide(job, new Event.Polled(job.attempt(), Jobs.report(JobStatus.PROCESSING)), at)
        .job();
  }

  private static Job unanswered(Job job, Instant at) {
    return LIFECYCLE.decide(job, new Event.PollUnanswered(job.attempt(), "HTTP 502"), at).job();
  }

  private static Instant dueAt(Job job) {
    return java.util.Objects.requireNonNull(job.dueAt());
  }

  private static Duration untilDue(Job job) {
    return Duration.between(T0, dueAt(job));
  }

  private static Duration delayOf(Decision decision) {
    return ((SendDispatch) decision.effects().getFirst()).delay();
  }
}
