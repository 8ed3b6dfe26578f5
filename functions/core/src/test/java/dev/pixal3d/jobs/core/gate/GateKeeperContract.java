package dev.pixal3d.jobs.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.gate.Gate.Reason;
import dev.pixal3d.jobs.core.gate.GateKeeper.Admission;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.testing.MutableClock;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the gate behaves, on every store. */
public abstract class GateKeeperContract {
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final MutableClock clock = new MutableClock();

  protected abstract GateStore store();

  private GateKeeper keeper() {
    return new GateKeeper(store(), FIRST, clock, Metrics.NONE);
  }

  @Test
  void is_open_until_pixal3d_refuses_everyone() {
    assertThat(keeper().ask()).isInstanceOf(Admission.Open.class);
  }

  @Test
  void stays_open_on_a_refusal_that_says_nothing_about_other_jobs() {
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.UNAVAILABLE, null));

    assertThat(keeper().ask()).isInstanceOf(Admission.Open.class);
  }

  @Test
  void closes_on_402_and_tells_clients_so() {
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.INSUFFICIENT_BALANCE, null));

    assertThat(keeper().ask())
        .isEqualTo(new Admission.Closed(Reason.INSUFFICIENT_BALANCE, in(FIRST)));
    assertThat(keeper().isClosedForBalance()).isTrue();
  }

  @Test
  void stops_telling_clients_so_within_a_second_of_its_opening() {
    GateKeeper keeper = keeper();
    learn(keeper.ask(), refusal(SubmitOutcome.Reason.INSUFFICIENT_BALANCE, null));
    assertThat(keeper.isClosedForBalance()).isTrue();
    clock.advance(FIRST);
    learn(keeper.ask(), new SubmitOutcome.Accepted("upstream"));

    clock.advance(Duration.ofSeconds(1));

    assertThat(keeper.isClosedForBalance()).isFalse();
  }

  @Test
  void tells_clients_nothing_of_a_refused_key_or_of_429() {
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.THROTTLED, null));

    assertThat(keeper().isClosedForBalance()).isFalse();
  }

  @Test
  void stays_closed_as_long_as_pixal3d_asks() {
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.THROTTLED, Duration.ofSeconds(40)));

    clock.advance(Duration.ofMillis(39_999));
    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(keeper().ask()).isInstanceOf(Admission.Probe.class);
  }

  @Test
  void lets_one_probe_through_at_its_end_and_holds_the_others() {
    closeAndWait();

    assertThat(keeper().ask()).isInstanceOf(Admission.Probe.class);
    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
  }

  @Test
  void opens_when_the_probe_is_accepted() {
    closeAndWait();

    learn(keeper().ask(), new SubmitOutcome.Accepted("upstream"));

    assertThat(keeper().ask()).isInstanceOf(Admission.Open.class);
  }

  @Test
  void closes_for_twice_as_long_when_the_probe_is_refused() {
    closeAndWait();

    learn(keeper().ask(), refusal(SubmitOutcome.Reason.INSUFFICIENT_BALANCE, null));

    assertThat(keeper().ask())
        .isEqualTo(new Admission.Closed(Reason.INSUFFICIENT_BALANCE, in(FIRST.multipliedBy(2))));
  }

  @Test
  void closes_for_fifteen_minutes_at_the_most_by_itself() {
    Admission admission = keeper().ask();
    for (int n = 0; n < 20; n++) {
      learn(admission, refusal(SubmitOutcome.Reason.INSUFFICIENT_BALANCE, null));
      clock.advance(Duration.ofMinutes(15));
      admission = keeper().ask();
      assertThat(admission).isInstanceOf(Admission.Probe.class);
    }
  }

  @Test
  void stays_closed_when_the_probe_gets_no_clear_answer() {
    closeAndWait();

    learn(keeper().ask(), new SubmitOutcome.Unknown("timed out"));

    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
  }

  @Test
  void lets_another_probe_through_when_the_first_one_never_came_back() {
    closeAndWait();
    keeper().ask();

    clock.advance(Gate.PROBE_LEASE);

    assertThat(keeper().ask()).isInstanceOf(Admission.Probe.class);
  }

  @Test
  void counts_a_burst_of_refusals_as_one() {
    Admission one = keeper().ask();
    Admission other = keeper().ask();

    learn(one, refusal(SubmitOutcome.Reason.THROTTLED, null));
    learn(other, refusal(SubmitOutcome.Reason.THROTTLED, null));

    assertThat(keeper().ask()).isEqualTo(new Admission.Closed(Reason.THROTTLED, in(FIRST)));
  }

  @Test
  void is_not_opened_by_a_post_that_was_under_way_before_it_closed() {
    Admission before = keeper().ask();
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.THROTTLED, null));

    learn(before, new SubmitOutcome.Accepted("upstream"));

    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
  }

  @Test
  void stays_closed_for_as_long_as_an_operator_wants_and_lets_no_probe_through() {
    pause();

    clock.advance(Duration.ofDays(365));

    assertThat(keeper().ask()).isEqualTo(new Admission.Closed(Reason.PAUSED, in(Gate.LOOK_AGAIN)));
    assertThat(store().load())
        .hasValueSatisfying(gate -> {
          assertThat(gate.reason()).isEqualTo(Reason.PAUSED);
          assertThat(gate.why()).isEqualTo("upstream's maintenance");
        });
  }

  @Test
  void has_those_it_holds_for_a_restore_ask_again_every_few_minutes() {
    assertThat(store().save(null, Gate.restoring(null, clock.instant()))).isTrue();

    assertThat(keeper().ask())
        .isEqualTo(new Admission.Closed(Reason.RESTORING, in(Gate.LOOK_AGAIN)));
  }

  @Test
  void tells_clients_nothing_of_an_operators_pause() {
    pause();

    assertThat(keeper().isClosedForBalance()).isFalse();
  }

  @Test
  void is_paused_whatever_answers_are_still_to_come() {
    Admission open = keeper().ask();
    pause();

    learn(open, refusal(SubmitOutcome.Reason.THROTTLED, null));
    learn(open, new SubmitOutcome.Accepted("upstream"));

    assertThat(keeper().ask()).isEqualTo(new Admission.Closed(Reason.PAUSED, in(Gate.LOOK_AGAIN)));
  }

  @Test
  void is_paused_whatever_becomes_of_a_probe_that_is_under_way() {
    closeAndWait();
    Admission probe = keeper().ask();
    pause();

    learn(probe, refusal(SubmitOutcome.Reason.THROTTLED, null));
    learn(probe, new SubmitOutcome.Unknown("timed out"));
    learn(probe, new SubmitOutcome.Accepted("upstream"));
    keeper().giveBack(probe);

    assertThat(keeper().ask()).isEqualTo(new Admission.Closed(Reason.PAUSED, in(Gate.LOOK_AGAIN)));
  }

  @Test
  void is_not_opened_by_a_probe_of_a_closure_that_is_long_over() {
    closeAndWait();
    Admission probe = keeper().ask();
    store().open(store().load().orElseThrow());
    pause();
    // As often saved as the gate that the probe was let through.
    Gate paused = store().load().orElseThrow();
    store().save(paused, paused);

    learn(probe, new SubmitOutcome.Accepted("upstream"));

    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
  }

  private void pause() {
    Gate before = store().load().orElse(null);
    assertThat(store().save(before, Gate.paused("upstream's maintenance", clock.instant())))
        .isTrue();
  }

  private void closeAndWait() {
    learn(keeper().ask(), refusal(SubmitOutcome.Reason.INSUFFICIENT_BALANCE, null));
    clock.advance(FIRST);
  }

  private void learn(Admission admission, SubmitOutcome outcome) {
    keeper().learn(admission, outcome);
  }

  private Instant in(Duration duration) {
    return clock.instant().plus(duration);
  }

  private static SubmitOutcome refusal(SubmitOutcome.Reason reason, @Nullable Duration retryAfter) {
    return new SubmitOutcome.TryLater(reason, "refused", retryAfter);
  }
}
