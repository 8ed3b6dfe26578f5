package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.gate.GateKeeper.Admission;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a job to Pixal3D: claims it first, so that it is paid for once. */
public final class DispatchJob {
  private static final Logger log = LoggerFactory.getLogger(DispatchJob.class);

  /** A sandbox may have been frozen between the claim and now, and the job given up meanwhile. */
  private static final Duration CLAIM_GOOD_FOR = Duration.ofSeconds(10);

  private final JobStore store;
  private final Transitions transitions;
  private final GateKeeper gate;
  private final Pixal3d pixal3d;
  private final CallbackTokens tokens;
  private final InstantSource clock;

  public DispatchJob(
      JobStore store,
      Transitions transitions,
      GateKeeper gate,
      Pixal3d pixal3d,
      CallbackTokens tokens,
      InstantSource clock) {
    this.store = store;
    this.transitions = transitions;
    this.gate = gate;
    this.pixal3d = pixal3d;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Hands a job to Pixal3D.
   *
   * @param attempt the step that the message was meant for; a stale one does nothing
   */
  public void dispatch(RequestId id, int attempt) {
    store
        .load(id)
        .filter(job -> job.isAt(WaitsFor.DISPATCH, attempt))
        .ifPresentOrElse(this::dispatch, () -> log.debug("Stale dispatch {} of {}", attempt, id));
  }

  private void dispatch(Job job) {
    // Whatever may fail without having sent anything comes before the claim.
    var submission =
        new Pixal3d.Submission(
            job.order().requestJson(),
            tokens.callbackUrl(job.order().publicUrl(), job.id()),
            job.order().webhookMode());
    Admission admission = gate.ask();
    if (admission instanceof Admission.Closed(var reason, var retryAt)) {
      transitions.apply(job, new Event.DispatchHeld(job.attempt(), retryAt, reason.name()));
      return;
    }
    transitions
        .apply(job, new Event.DispatchBegan(job.attempt()))
        .filter(Decision::claims)
        .map(Decision::job)
        .ifPresentOrElse(
            claimed -> post(claimed, submission, admission), () -> gate.giveBack(admission));
  }

  private void post(Job claimed, Pixal3d.Submission submission, Admission admission) {
    int attempt = claimed.attempt();
    Instant claimedAt = claimed.claimedAt();
    if (claimedAt != null && clock.instant().isAfter(claimedAt.plus(CLAIM_GOOD_FOR))) {
      transitions.apply(claimed, new Event.ClaimLapsed(attempt));
      gate.giveBack(admission);
      return;
    }
    SubmitOutcome outcome = pixal3d.submit(submission);
    log.info("Submitted {} (attempt {}): {}", claimed.id(), attempt, outcome);
    transitions.apply(claimed, event(attempt, outcome));
    gate.learn(admission, outcome);
  }

  private static Event event(int attempt, SubmitOutcome outcome) {
    return switch (outcome) {
      case SubmitOutcome.Accepted(var upstreamId) -> new Event.UpstreamAccepted(upstreamId);
      case SubmitOutcome.Refused(var httpStatus, var message) ->
          new Event.UpstreamRefused(attempt, httpStatus, message);
      case SubmitOutcome.TryLater(var _, var message, var retryAfter) ->
          new Event.UpstreamBusy(attempt, message, retryAfter);
      case SubmitOutcome.Unknown(var message) -> new Event.OutcomeUnknown(attempt, message);
    };
  }
}
