package dev.pixal3d.jobs.core.job;

import static dev.pixal3d.jobs.core.job.WaitsFor.ANSWER;
import static dev.pixal3d.jobs.core.job.WaitsFor.DELIVERY;
import static dev.pixal3d.jobs.core.job.WaitsFor.DISPATCH;
import static dev.pixal3d.jobs.core.job.WaitsFor.NOTHING;
import static dev.pixal3d.jobs.core.job.WaitsFor.RECEIPT;
import static dev.pixal3d.jobs.core.job.WaitsFor.REPORT;

import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Effect.PostUpstream;
import dev.pixal3d.jobs.core.job.Effect.PostWebhook;
import dev.pixal3d.jobs.core.job.Effect.SendDispatch;
import dev.pixal3d.jobs.core.job.Effect.SendNotify;
import dev.pixal3d.jobs.core.job.Effect.SendPoll;
import dev.pixal3d.jobs.core.job.Effect.SendProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rules about what may happen to a job: (job, event, now) to (job, effects).
 *
 * <p>Pure: no I/O, no clock, no randomness. What calls it loads the job, asks, saves on condition
 * that the version is the one that was read, and only then carries out the effects; if the save
 * lost a race, it loads and asks again.
 *
 * <ul>
 *   <li>Status only moves forward, and the first terminal one stands for ever.
 *   <li>The paid POST is made only by the one whose save claimed the job, and never again after an
 *       unknown outcome, unless {@link LifecycleSettings#resubmitUnknown()} allows it once.
 *   <li>{@link JobStatus#ERROR} is given only where Pixal3D said so or a charge is ruled out.
 *   <li>The terminal status and the event that is owed to the client are saved in one write.
 *   <li>Every job for which anything is still to happen has a {@code dueAt}; others have none.
 * </ul>
 */
public class Lifecycle {
  /** How long after its message was to come a lost dispatch or poll message is made up for. */
  static final Duration MESSAGE_GRACE = Duration.ofSeconds(60);

  /** The longest that SQS delays a message ("Amazon SQS delay queues", 15 minutes). */
  static final Duration LONGEST_MESSAGE_DELAY = Duration.ofMinutes(15);

  /** The longest time between two tries of a dispatch when Pixal3D names none. */
  static final Duration LONGEST_DISPATCH_BACKOFF = Duration.ofMinutes(15);

  /** The longest time for which one taking by the sweep puts a job off. */
  static final Duration LONGEST_LEASE = Duration.ofMinutes(16);

  /**
   * Time between two polls of a job in sync mode. Clients are told at most 15 s apart (Pixal3D's
   * page, "Webhook Headers"); the rest is for the message, the poll and the delivery.
   */
  static final Duration SYNC_POLL = Duration.ofSeconds(12);

  /** How long after the deadline Pixal3D is still asked when it gives no answer. */
  static final Duration UNANSWERED_PAST_DEADLINE = Duration.ofHours(24);

  /** Time between two polls that clients' questions cause. */
  static final Duration READ_THROUGH_PAUSE = Duration.ofSeconds(10);

  /**
   * For how long an attempt to tell the client keeps others from it, by the clock of the one that
   * makes it; an attempt takes 15 s at most.
   */
  public static final Duration DELIVERY_LEASE = Duration.ofSeconds(30);

  /**
   * The time after each failed attempt to tell the client of the end; after the last there is none
   * (Standard Webhooks 1.0, "Retries": over several days, with growing pauses).
   */
  static final List<Duration> DELIVERY_SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10));

  /** The longest wait that the client's server can ask for. */
  static final Duration LONGEST_DELIVERY_RETRY_AFTER = Duration.ofHours(24);

  private static final String FIRST_SUBMIT_UNKNOWN =
      "The outcome of the first submit is unknown: it may have been charged.";

  private final LifecycleSettings settings;

  public Lifecycle(LifecycleSettings settings) {
    this.settings = settings;
  }

  /** A job as it is first saved, and its dispatch. */
  public Decision accept(RequestId id, String client, Job.Order order, Instant now) {
    var job =
        new Job(
            id,
            client,
            1,
            order,
            JobStatus.QUEUED,
            DISPATCH,
            now.plus(MESSAGE_GRACE),
            now.plus(settings.jobDeadline()),
            1,
            0,
            0,
            null,
            false,
            null,
            null,
            null,
            now,
            now,
            null,
            null,
            null,
            Delivery.NONE,
            Timeline.EMPTY.and(now, "accepted", ""));
    return new Decision(job, List.of(new SendDispatch(1, Duration.ZERO)));
  }

  /** What an event makes of a job. An event that is stale or comes too late changes nothing. */
  public Decision decide(Job job, Event event, Instant now) {
    return switch (event) {
      case Event.DispatchBegan(int attempt) when job.isAt(DISPATCH, attempt) -> claim(job, now);
      case Event.DispatchHeld held when job.isAt(DISPATCH, held.attempt()) -> hold(job, held, now);
      case Event.ClaimLapsed(int attempt) when job.isAt(ANSWER, attempt) -> release(job, now);
      case Event.UpstreamAccepted(String upstreamId) -> accepted(job, upstreamId, now);
      case Event.UpstreamRefused refused when job.isAt(ANSWER, refused.attempt()) ->
          refuse(job, refused, now);
      case Event.UpstreamBusy busy when job.isAt(ANSWER, busy.attempt()) ->
          tryLater(job, busy, now);
      case Event.OutcomeUnknown(int attempt, String message) when job.isAt(ANSWER, attempt) ->
          outcomeUnknown(job, message, now);
      case Event.CalledBack(Report report) -> calledBack(job, report, now);
      case Event.CallbackDoubted(String why) when job.waitsFor() == REPORT -> doubt(job, why, now);
      case Event.Polled(int attempt, Report report) -> polled(job, attempt, report, now);
      case Event.PollUnanswered(int attempt, String message) when job.isAt(REPORT, attempt) ->
          unanswered(job, message, now);
      case Event.ReadThrough() when isSilent(job, now) -> readThrough(job, now);
      case Event.Cancelled() when job.waitsFor() == DISPATCH && !job.resubmitted() ->
          cancel(job, now);
      case Event.DeliveryBegan(int attempt) when job.isAt(DELIVERY, attempt) ->
          beginDelivery(job, now);
      case Event.DeliveryHeld held when job.isAt(DELIVERY, held.attempt()) ->
          holdDelivery(job, held, now);
      case Event.DeliveryAttempted attempted
          when job.isAt(RECEIPT, attempted.attempt()) || isNewsOfDelivery(job, attempted) ->
          deliveryAttempted(job, attempted, now);
      case Event.ReplayAsked() when job.hasEnded() && job.order().webhookUrl() != null ->
          replay(job, now);
      case Event.ProgressBegan(int report) when mayTell(job, report, now) ->
          beginProgress(job, report, now);
      case Event.ProgressAttempted(int report, var result) when isTelling(job, report) ->
          progressAttempted(job, result, now);
      case Event.Due() when isDue(job, now) -> due(job, now);
      case Event.Requeued(boolean mayPayTwice) -> requeue(job, mayPayTwice, now);
      case Event.Restored(Instant restoredTo) when !job.createdAt().isAfter(restoredTo) ->
          restored(job, now);
      case Event.Forgotten() when mayBeForgotten(job) -> forget(job, now);
      case Event.DispatchBegan _,
          Event.DispatchHeld _,
          Event.ClaimLapsed _,
          Event.UpstreamRefused _,
          Event.UpstreamBusy _,
          Event.OutcomeUnknown _,
          Event.CallbackDoubted _,
          Event.PollUnanswered _,
          Event.ReadThrough _,
          Event.Cancelled _,
          Event.DeliveryBegan _,
          Event.DeliveryHeld _,
          Event.DeliveryAttempted _,
          Event.ReplayAsked _,
          Event.ProgressBegan _,
          Event.ProgressAttempted _,
          Event.Due _,
          Event.Restored _,
          Event.Forgotten _ ->
          Decision.nothing(job);
    };
  }

  // Dispatch

  /** Does not move {@code dueAt}: that would cost two index writes for each job. */
  private Decision claim(Job job, Instant now) {
    if (!now.isBefore(job.deadlineAt())) {
      return notAccepted(job, now);
    }
    var draft = new Draft(job, now);
    draft.waitsFor = ANSWER;
    draft.claimedAt = now;
    draft.note("dispatch began");
    return new Decision(draft.toJob(), List.of(new PostUpstream()));
  }

  private Decision hold(Job job, Event.DispatchHeld held, Instant now) {
    if (!now.isBefore(job.deadlineAt())) {
      return notAccepted(job, now);
    }
    var draft = new Draft(job, now);
    draft.note("dispatch held", held.reason());
    Duration closed = Duration.between(now, held.until());
    // Those that wait for the same gate come back spread over half as long again.
    Duration spread = Backoff.jittered(closed.dividedBy(2), 0, job.id(), job.attempt());
    return dispatchAfter(draft, closed.plus(spread));
  }

  private Decision release(Job job, Instant now) {
    var draft = new Draft(job, now);
    draft.note("claim released", "the POST was not begun in time; nothing was sent");
    return dispatchAfter(draft, Duration.ZERO);
  }

  private Decision tryLater(Job job, Event.UpstreamBusy busy, Instant now) {
    var draft = new Draft(job, now);
    draft.note("not accepted, try later", busy.message());
    draft.tries++;
    return dispatchAfter(draft, dispatchDelay(job, busy.retryAfter()));
  }

  private Duration dispatchDelay(Job job, @Nullable Duration retryAfter) {
    Duration ceiling =
        Backoff.exponential(settings.dispatchBackoff(), job.tries(), LONGEST_DISPATCH_BACKOFF);
    Duration backoff = Backoff.jittered(ceiling, 0, job.id(), job.attempt());
    return retryAfter == null || retryAfter.compareTo(backoff) < 0 ? backoff : retryAfter;
  }

  private Decision dispatchAfter(Draft draft, Duration wished) {
    Duration untilDeadline = draft.untilDeadline();
    Duration delay = wished.compareTo(untilDeadline) < 0 ? wished : untilDeadline;
    return after(delay, draft, DISPATCH, SendDispatch::new);
  }

  /** A message for the job's next step, by the attempt that the step has. */
  private interface StepMessage {
    Effect of(int attempt, Duration delay);
  }

  /** A wait that is too long for a message comes back through {@code dueAt} alone. */
  private static Decision after(Duration wait, Draft draft, WaitsFor next, StepMessage message) {
    Duration delay = wait.isNegative() ? Duration.ZERO : wait;
    if (delay.compareTo(LONGEST_MESSAGE_DELAY) > 0) {
      draft.step(next, delay);
      return new Decision(draft.toJob(), List.of());
    }
    draft.step(next, delay.plus(MESSAGE_GRACE));
    return new Decision(draft.toJob(), List.of(message.of(draft.attempt, delay)));
  }

  /** Heals a job of unknown outcome too, and one that seemed not to have been taken. */
  private Decision accepted(Job job, String upstreamId, Instant now) {
    if (job.upstreamId() != null || job.hasEnded()) {
      return upstreamId.equals(job.upstreamId())
          ? Decision.nothing(job)
          : evidence(job, "also accepted upstream", upstreamId, now);
    }
    var draft = new Draft(job, now);
    draft.upstreamId = upstreamId;
    draft.deadlineAt = now.plus(settings.jobDeadline());
    draft.tries = 0;
    draft.touch();
    draft.note(Timeline.ACCEPTED_BY_PIXAL3D);
    return awaitReport(draft, true);
  }

  private Decision refuse(Job job, Event.UpstreamRefused refused, Instant now) {
    var draft = new Draft(job, now);
    draft.note("refused by Pixal3D", "HTTP " + refused.httpStatus());
    return end(draft, JobStatus.FAILED, refused.message(), null, now);
  }

  private Decision outcomeUnknown(Job job, String message, Instant now) {
    var draft = new Draft(job, now);
    draft.note("outcome unknown", message);
    draft.dueAt = graceEnd(job);
    return new Decision(draft.toJob(), List.of());
  }

  private Decision notAccepted(Job job, Instant now) {
    var draft = new Draft(job, now);
    String waited = seconds(Duration.between(job.createdAt(), now));
    return job.resubmitted()
        ? end(
            draft,
            JobStatus.FAILED,
            "Pixal3D did not accept the job within " + waited + ". " + FIRST_SUBMIT_UNKNOWN,
            null,
            now)
        : end(
            draft,
            JobStatus.ERROR,
            "Pixal3D did not accept the job within " + waited + ". It was not charged.",
            null,
            now);
  }

  // Word from Pixal3D

  private Decision calledBack(Job job, Report report, Instant now) {
    return reported(job, report, Timeline.CALLED_BACK, now);
  }

  private Decision polled(Job job, int attempt, Report report, Instant now) {
    if (report.status().isTerminal()) {
      return reported(job, report, "polled", now);
    }
    if (!job.isAt(REPORT, attempt)) {
      return Decision.nothing(job);
    }
    if (!now.isBefore(job.deadlineAt())) {
      return timedOut(job, "Pixal3D still reports " + report.status(), now);
    }
    var draft = new Draft(job, now);
    forward(draft, report, "polled");
    draft.tries++;
    return awaitReport(draft, true);
  }

  private Decision reported(Job job, Report report, String how, Instant now) {
    if (job.hasEnded()) {
      return report.status() == job.status() && report.upstreamId().equals(job.upstreamId())
          ? Decision.nothing(job)
          : evidence(job, how + " after the end", report.status().name(), now);
    }
    if (job.upstreamId() == null) {
      Job accepted = accepted(job, report.upstreamId(), now).job();
      return reported(accepted, report, how, now);
    }
    if (!job.upstreamId().equals(report.upstreamId())) {
      return evidence(job, how + " about another upstream job", report.upstreamId(), now);
    }
    var draft = new Draft(job, now);
    forward(draft, report, how);
    if (report.status() == JobStatus.ERROR && job.resubmitted()) {
      return end(draft, JobStatus.FAILED, oneOfTwoFailed(report), report, now);
    }
    if (report.status().isTerminal()) {
      return end(draft, report.status(), report.error(), report, now);
    }
    draft.tries = 0;
    return awaitReport(draft, true);
  }

  /** That Pixal3D does not charge the one job says nothing about the other. */
  private static String oneOfTwoFailed(Report report) {
    String error = report.error() == null ? "Pixal3D reported ERROR." : report.error();
    return error + " " + FIRST_SUBMIT_UNKNOWN;
  }

  private static void forward(Draft draft, Report report, String how) {
    draft.note(how, report.status().name());
    draft.touch();
    if (draft.status.mayBecome(report.status())) {
      draft.status = report.status();
    }
  }

  private Decision doubt(Job job, String why, Instant now) {
    var draft = new Draft(job, now);
    draft.note("callback not believed", why);
    return new Decision(draft.toJob(), List.of(new SendPoll(job.attempt(), Duration.ZERO)));
  }

  private Decision unanswered(Job job, String message, Instant now) {
    if (!now.isBefore(job.deadlineAt().plus(UNANSWERED_PAST_DEADLINE))) {
      return timedOut(job, "Pixal3D's status endpoint gives no answer", now);
    }
    var draft = new Draft(job, now);
    draft.note("poll unanswered", message);
    draft.tries++;
    return awaitReport(draft, false);
  }

  /**
   * Waits for the next word. In terminal mode no message is queued: a healthy job calls back before
   * it is due, so that it costs neither a message nor a poll.
   *
   * @param news whether there is something to tell a client that wants to be told everything
   */
  private Decision awaitReport(Draft draft, boolean news) {
    if (draft.mode() == WebhookMode.SYNC) {
      draft.step(REPORT, SYNC_POLL.plus(MESSAGE_GRACE));
      var effects = new ArrayList<Effect>();
      effects.add(new SendPoll(draft.attempt, SYNC_POLL));
      if (news && draft.hasWebhook()) {
        draft.delivery = draft.delivery.oneMoreReport();
        effects.add(new SendProgress(draft.delivery.reports()));
      }
      return new Decision(draft.toJob(), effects);
    }
    Duration delay = Backoff.exponential(settings.firstPoll(), draft.tries, settings.pollMax());
    if (draft.tries > 0) {
      delay = Backoff.jittered(delay, 0.8, draft.id(), draft.attempt);
    }
    // A poll is due at the deadline, for that one decides.
    Duration untilDeadline = draft.untilDeadline();
    delay =
        untilDeadline.isPositive() && untilDeadline.compareTo(delay) < 0 ? untilDeadline : delay;
    draft.step(REPORT, delay);
    return new Decision(draft.toJob(), List.of());
  }

  private Decision timedOut(Job job, String why, Instant now) {
    var draft = new Draft(job, now);
    draft.note("timed out", why);
    return end(
        draft,
        JobStatus.FAILED,
        "Timed out: no result within "
            + seconds(settings.jobDeadline())
            + " of Pixal3D's acceptance ("
            + why
            + "). It may have been charged.",
        null,
        now);
  }

  // What clients ask for

  private boolean isSilent(Job job, Instant now) {
    return job.waitsFor() == REPORT
        && !now.isBefore(job.updatedAt().plus(settings.readThrough()))
        && (job.readThroughAt() == null
            || !now.isBefore(job.readThroughAt().plus(READ_THROUGH_PAUSE)));
  }

  private static Decision readThrough(Job job, Instant now) {
    var draft = new Draft(job, now);
    draft.readThroughAt = now;
    return new Decision(draft.toJob(), List.of(new SendPoll(job.attempt(), Duration.ZERO)));
  }

  private Decision cancel(Job job, Instant now) {
    return end(
        new Draft(job, now),
        JobStatus.CANCELLED,
        "Cancelled by the client before it was handed to Pixal3D. It was not charged.",
        null,
        now);
  }

  // Telling the client of the end

  /** One that tells of the job before its end has its turn first. */
  private static Decision oweDelivery(Draft draft, Instant now) {
    draft.tries = 0;
    Duration wait = draft.delivery.untilTold(now);
    draft.delivery = draft.delivery.owed(now.plus(wait));
    return after(wait, draft, DELIVERY, SendNotify::new);
  }

  private Decision beginDelivery(Job job, Instant now) {
    var draft = new Draft(job, now);
    Duration untilTold = job.delivery().untilTold(now);
    if (untilTold.isPositive()) {
      return deliverAfter(draft, untilTold, now);
    }
    draft.step(RECEIPT, deliveryLease());
    return new Decision(draft.toJob(), List.of(new PostWebhook()));
  }

  private Decision holdDelivery(Job job, Event.DeliveryHeld held, Instant now) {
    var draft = new Draft(job, now);
    draft.note("webhook held", held.reason());
    Duration wait = Duration.between(now, held.until());
    // Those that wait for the same endpoint come back spread over half as long again.
    Duration spread = Backoff.jittered(wait.dividedBy(2), 0, job.id(), job.attempt());
    return deliverAfter(draft, wait.plus(spread), now);
  }

  /** Whoever takes the job up when the lease is over may go by a clock that is ahead. */
  private Duration deliveryLease() {
    return DELIVERY_LEASE.plus(settings.clocksApart());
  }

  /** That the client has it is worth to know even from an attempt that was taken for cut off. */
  private static boolean isNewsOfDelivery(Job job, Event.DeliveryAttempted attempted) {
    return attempted.result().delivered()
        && (job.waitsFor() == DELIVERY || job.waitsFor() == RECEIPT);
  }

  private Decision deliveryAttempted(Job job, Event.DeliveryAttempted attempted, Instant now) {
    var draft = new Draft(job, now);
    draft.tries = 0;
    draft.delivery = job.delivery().attempted(attempted.result());
    if (attempted.result().delivered()) {
      draft.note("webhook delivered");
      return settle(draft, Settled.DELIVERED, now);
    }
    draft.note("webhook not delivered", String.valueOf(attempted.result().error()));
    int failures = draft.delivery.failures();
    if (attempted.gone() || failures > DELIVERY_SCHEDULE.size()) {
      return settle(draft, Settled.GIVEN_UP, now);
    }
    return deliverAfter(draft, deliveryDelay(job, failures, attempted.retryAfter()), now);
  }

  /** Never earlier than the schedule says, at most a fifth later. */
  private static Duration deliveryDelay(Job job, int failures, @Nullable Duration retryAfter) {
    Duration scheduled = DELIVERY_SCHEDULE.get(failures - 1);
    Duration delay =
        scheduled.plus(Backoff.jittered(scheduled.dividedBy(5), 0, job.id(), job.attempt()));
    if (retryAfter == null || retryAfter.compareTo(delay) < 0) {
      return delay;
    }
    return retryAfter.compareTo(LONGEST_DELIVERY_RETRY_AFTER) < 0
        ? retryAfter
        : LONGEST_DELIVERY_RETRY_AFTER;
  }

  /** What is owed is kept for as long as an ended job is. */
  private Decision deliverAfter(Draft draft, Duration wait, Instant now) {
    Instant endedAt = draft.completedAt == null ? draft.createdAt() : draft.completedAt;
    if (!now.isBefore(endedAt.plus(settings.retention()))) {
      return settle(draft, Settled.GIVEN_UP, now);
    }
    draft.delivery = draft.delivery.nextAt(now.plus(wait));
    return after(wait, draft, DELIVERY, SendNotify::new);
  }

  private Decision settle(Draft draft, Settled how, Instant now) {
    if (how == Settled.GIVEN_UP) {
      draft.note("webhook given up");
    }
    draft.delivery = draft.delivery.settled(how);
    return rest(draft, now);
  }

  /** Nothing more is to happen. */
  private Decision rest(Draft draft, Instant now) {
    draft.waitsFor = NOTHING;
    draft.dueAt = null;
    draft.claimedAt = null;
    draft.expiresAt = now.plus(settings.retention());
    return new Decision(draft.toJob(), List.of());
  }

  private static Decision replay(Job job, Instant now) {
    if (job.waitsFor() == RECEIPT) {
      return Decision.nothing(job); // It is being sent just now.
    }
    var draft = new Draft(job, now);
    draft.note("webhook replay asked");
    draft.expiresAt = null;
    return oweDelivery(draft, now);
  }

  // Telling the client before the end: best effort, one attempt each

  private static boolean mayTell(Job job, int report, Instant now) {
    Delivery delivery = job.delivery();
    return !job.hasEnded()
        && report > delivery.told()
        && report <= delivery.reports()
        && delivery.untilTold(now).isZero();
  }

  private Decision beginProgress(Job job, int report, Instant now) {
    var draft = new Draft(job, now);
    draft.delivery = job.delivery().telling(report, now.plus(deliveryLease()));
    return new Decision(draft.toJob(), List.of(new PostWebhook()));
  }

  private static boolean isTelling(Job job, int report) {
    return job.delivery().tellingUntil() != null && job.delivery().told() == report;
  }

  private static Decision progressAttempted(Job job, Delivery.Attempt result, Instant now) {
    var draft = new Draft(job, now);
    draft.delivery = job.delivery().toldAll();
    draft.note(
        result.delivered() ? "webhook told of progress" : "webhook not told of progress",
        result.error() == null ? "" : result.error());
    var effects = new ArrayList<Effect>();
    if (job.waitsFor() == DELIVERY && job.delivery().attempts().isEmpty()) {
      effects.add(new SendNotify(job.attempt(), Duration.ZERO));
    } else if (!job.hasEnded() && job.delivery().reports() > job.delivery().told()) {
      effects.add(new SendProgress(job.delivery().reports())); // What came meanwhile.
    }
    return new Decision(draft.toJob(), effects);
  }

  // The sweep

  /** The index may lag its table: what it names may have moved on long since. */
  private static boolean isDue(Job job, Instant now) {
    return job.dueAt() != null && !job.dueAt().isAfter(now);
  }

  private Decision due(Job job, Instant now) {
    return switch (job.waitsFor()) {
      case DISPATCH ->
          now.isBefore(job.deadlineAt())
              ? take(job, new SendDispatch(job.attempt(), Duration.ZERO), now)
              : notAccepted(job, now);
      case ANSWER -> dueForAnswer(job, now);
      case REPORT -> take(job, new SendPoll(job.attempt(), Duration.ZERO), now);
      case DELIVERY -> take(job, new SendNotify(job.attempt(), Duration.ZERO), now);
      case RECEIPT -> deliverAgain(job, now);
      case NOTHING -> Decision.nothing(job);
    };
  }

  /** Each further taking doubles the lease, so that a backlog is not queued again every minute. */
  private static Decision take(Job job, Effect effect, Instant now) {
    var draft = new Draft(job, now);
    draft.dueAt = now.plus(Backoff.exponential(MESSAGE_GRACE, job.leases(), LONGEST_LEASE));
    draft.leases++;
    return new Decision(draft.toJob(), List.of(effect));
  }

  /**
   * An attempt that was cut off uses up no place in the schedule. Should it be cut off again and
   * again, ever more time passes in between.
   */
  private Decision deliverAgain(Job job, Instant now) {
    var draft = new Draft(job, now);
    draft.note("webhook attempt cut off");
    draft.tries++;
    Duration wait =
        job.tries() == 0
            ? Duration.ZERO
            : Backoff.exponential(DELIVERY_LEASE, job.tries(), LONGEST_LEASE);
    return deliverAfter(draft, wait, now);
  }

  private Decision dueForAnswer(Job job, Instant now) {
    var draft = new Draft(job, now);
    if (now.isBefore(graceEnd(job))) {
      draft.note("no answer to the submit yet");
      draft.dueAt = graceEnd(job);
      return new Decision(draft.toJob(), List.of());
    }
    if (settings.resubmitUnknown() && !job.resubmitted()) {
      draft.note("submitted again", "the outcome of the first submit stayed unknown");
      return resubmit(draft, now);
    }
    return end(
        draft,
        JobStatus.FAILED,
        "Outcome unknown: Pixal3D never answered the submit; not submitted again so as not to pay"
            + " twice. It may have been charged.",
        null,
        now);
  }

  private Decision resubmit(Draft draft, Instant now) {
    draft.resubmitted = true;
    draft.tries = 0;
    draft.deadlineAt = now.plus(settings.jobDeadline());
    return dispatchAfter(draft, Duration.ZERO);
  }

  private Instant graceEnd(Job job) {
    Instant claimedAt = job.claimedAt() == null ? job.createdAt() : job.claimedAt();
    return claimedAt.plus(settings.unknownGrace());
  }

  // What operators do

  /**
   * Does now what the job waits for, as a new step: what was under way for the old one is stale.
   */
  private Decision requeue(Job job, boolean mayPayTwice, Instant now) {
    var draft = new Draft(job, now);
    draft.note("requeued by an operator");
    return switch (job.waitsFor()) {
      case DISPATCH -> dispatchAfter(draft, Duration.ZERO);
      case ANSWER -> mayPayTwice ? resubmit(draft, now) : Decision.nothing(job);
      case REPORT -> after(Duration.ZERO, draft, REPORT, SendPoll::new);
      case DELIVERY -> deliverAfter(draft, draft.delivery.untilTold(now), now);
      case RECEIPT ->
          isDue(job, now) ? deliverAfter(draft, Duration.ZERO, now) : Decision.nothing(job);
      case NOTHING -> Decision.nothing(job);
    };
  }

  /**
   * A job that the backup shows as not handed over, or just being handed over, may have been paid
   * for since. So its outcome is unknown from now on, and even {@link
   * LifecycleSettings#resubmitUnknown()} does not pay again. A callback heals it as ever.
   */
  private Decision restored(Job job, Instant now) {
    boolean mayBePaid =
        job.waitsFor() == DISPATCH || (job.waitsFor() == ANSWER && !job.resubmitted());
    if (!mayBePaid) {
      return Decision.nothing(job);
    }
    var draft = new Draft(job, now);
    draft.note("outcome unknown", "read back from a backup; it may have been submitted since");
    draft.step(ANSWER, settings.unknownGrace());
    draft.claimedAt = now;
    draft.resubmitted = true;
    return new Decision(draft.toJob(), List.of());
  }

  /** Not while the client is being told, for what comes of that would be kept. */
  private static boolean mayBeForgotten(Job job) {
    return job.hasEnded() && job.waitsFor() != RECEIPT && !job.isForgotten();
  }

  /**
   * Leaves what keeps charges right: a repeated submit finds the job, and a late word from Pixal3D
   * makes no second one.
   */
  private Decision forget(Job job, Instant now) {
    var draft = new Draft(job, now);
    draft.order = job.order().forgotten();
    draft.error = null;
    draft.output = null;
    draft.delivery = Delivery.NONE;
    draft.forgetDetails();
    draft.note("forgotten");
    return job.waitsFor() == NOTHING ? new Decision(draft.toJob(), List.of()) : rest(draft, now);
  }

  // The end

  private Decision end(
      Draft draft, JobStatus status, @Nullable String error, @Nullable Report report, Instant now) {
    draft.touch();
    draft.status = status;
    draft.completedAt = completedAt(draft, report, now);
    if (status == JobStatus.COMPLETED) {
      draft.output = report == null ? null : report.output();
    } else {
      draft.error =
          error == null ? "Pixal3D reported " + status + " without giving a reason." : error;
    }
    draft.note("ended", status.name());
    return draft.hasWebhook() ? oweDelivery(draft, now) : rest(draft, now);
  }

  /** Upstream's own time of the end, where it is one that can be true. */
  private static Instant completedAt(Draft draft, @Nullable Report report, Instant now) {
    Instant told = report == null ? null : report.completedAt();
    return told == null || told.isBefore(draft.createdAt()) || told.isAfter(now)
        ? draft.updatedAt
        : told;
  }

  /** A word that comes too late changes nothing but is kept, once. */
  private static Decision evidence(Job job, String what, String detail, Instant now) {
    if (job.timeline().endsWith(what, detail)) {
      return Decision.nothing(job);
    }
    var draft = new Draft(job, now);
    draft.note(what, detail);
    return new Decision(draft.toJob(), List.of());
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
