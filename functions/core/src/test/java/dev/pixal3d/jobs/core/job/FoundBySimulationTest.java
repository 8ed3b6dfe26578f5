package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the seeded simulation found in the rules, each under the seed that showed it first. */
class FoundBySimulationTest {
  private static final Instant T0 = Jobs.START;

  @Test
  @DisplayName("seed 6: two submits, the second ends ERROR, the first may have been charged")
  void a_job_that_was_submitted_twice_does_not_end_ERROR_for_that_would_say_not_charged() {
    var settings = Jobs.SETTINGS;
    var lifecycle =
        new Lifecycle(
            new LifecycleSettings(
                settings.firstPoll(),
                settings.pollMax(),
                settings.readThrough(),
                settings.dispatchBackoff(),
                settings.unknownGrace(),
                true,
                settings.jobDeadline(),
                settings.retention(),
                Duration.ZERO));
    Job unknown =
        Jobs.after(
            lifecycle,
            Jobs.accepted(Jobs.id(1)),
            T0,
            new Event.DispatchBegan(1),
            new Event.OutcomeUnknown(1, "no answer"));
    Instant later = T0.plus(settings.unknownGrace());
    Job again = Jobs.after(lifecycle, unknown, later, new Event.Due());
    Job acceptedAgain =
        Jobs.after(
            lifecycle,
            again,
            later,
            new Event.DispatchBegan(again.attempt()),
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));

    Job ended =
        Jobs.after(
            lifecycle, acceptedAgain, later, new Event.CalledBack(Jobs.report(JobStatus.ERROR)));

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.error()).contains("may have been charged");
  }

  @Test
  @DisplayName("seed 6618: told again by a sandbox that stood still, taken up by a clock ahead")
  void an_attempt_is_left_alone_for_as_long_as_clocks_may_be_apart_beyond_its_lease() {
    var minutesApart = Duration.ofMinutes(3);
    var lifecycle = new Lifecycle(apart(minutesApart));
    Job owed =
        Jobs.after(
            lifecycle,
            Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.TERMINAL),
            T0,
            new Event.DispatchBegan(1),
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
            new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    Job telling = Jobs.after(lifecycle, owed, T0, new Event.DeliveryBegan(owed.attempt()));

    assertThat(telling.waitsFor()).isEqualTo(WaitsFor.RECEIPT);
    assertThat(telling.dueAt()).isEqualTo(T0.plus(Lifecycle.DELIVERY_LEASE).plus(minutesApart));
  }

  private static LifecycleSettings apart(Duration clocksApart) {
    var settings = Jobs.SETTINGS;
    return new LifecycleSettings(
        settings.firstPoll(),
        settings.pollMax(),
        settings.readThrough(),
        settings.dispatchBackoff(),
        settings.unknownGrace(),
        settings.resubmitUnknown(),
        settings.jobDeadline(),
        settings.retention(),
        clocksApart);
  }
}
