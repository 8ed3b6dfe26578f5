package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Effect;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.StoreException;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.simulation.promise.Invariant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Bugs that someone might make, as parts that are put around or in the place of the real ones. The
 * simulation has to find each; one that it cannot find is a hole in the simulation.
 */
@SuppressWarnings("ImmutableEnumChecker") // It is; an interface cannot say so.
enum DeliberateBug {
  /** The paid POST is made without the claim being saved. */
  CLAIM_DROPPED(
      EnumSet.of(Invariant.PAID_ONCE, Invariant.FREE_MEANS_FREE),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public Saved save(Job before, Job after) {
              boolean claim = after.claimedAt() != null && before.claimedAt() == null;
              return claim ? new Saved.Won(after) : super.save(before, after);
            }
          })),

  /** Whoever saves last wins. */
  VERSION_NOT_CHECKED(
      EnumSet.allOf(Invariant.class), part(DynamoDbClient.class, UnconditionalUpdates::new)),

  /** A race that was lost is taken for won. */
  LOST_RACE_IGNORED(
      EnumSet.allOf(Invariant.class),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public Saved save(Job before, Job after) {
              Saved saved = super.save(before, after);
              return saved instanceof Saved.Lost ? new Saved.Won(after) : saved;
            }
          })),

  /** Messages are sent and POSTs made before the save. */
  EFFECTS_BEFORE_SAVE(EnumSet.allOf(Invariant.class), store(WriteBehind::new)),

  /** A job that Pixal3D has accepted is never due. */
  DUE_FORGOTTEN_AFTER_ACCEPTANCE(
      EnumSet.of(Invariant.ENDS_IN_TIME, Invariant.QUIET),
      rules((job, event, now, decision) ->
          event instanceof Event.UpstreamAccepted
              ? new Decision(Records.with(decision.job(), "dueAt", null), decision.effects())
              : decision)),

  /** A job whose webhook is owed is never due. */
  DUE_FORGOTTEN_AT_THE_END(
      EnumSet.of(Invariant.QUIET, Invariant.TOLD),
      rules((job, event, now, decision) ->
          decision.job().hasEnded() && !job.hasEnded()
              ? new Decision(Records.with(decision.job(), "dueAt", null), decision.effects())
              : decision)),

  /** A job rests, and yet is due. */
  DUE_KEPT_WHEN_DONE(
      EnumSet.of(Invariant.QUIET, Invariant.NO_SURPRISE),
      rules((job, event, now, decision) ->
          decision.job().waitsFor() == WaitsFor.NOTHING && job.waitsFor() != WaitsFor.NOTHING
              ? new Decision(
                  Records.with(decision.job(), "dueAt", now.plusSeconds(60)), decision.effects())
              : decision)),

  /** A submit that was not answered counts as not sent. */
  SILENCE_TAKEN_FOR_REFUSAL(
      EnumSet.of(Invariant.PAID_ONCE, Invariant.FREE_MEANS_FREE),
      part(
          Pixal3d.class,
          real ->
              new ForwardingPixal3d(real) {
                @Override
                public SubmitOutcome submit(Submission submission) {
                  SubmitOutcome outcome = super.submit(submission);
                  return outcome instanceof SubmitOutcome.Unknown(String message)
                      ? new SubmitOutcome.TryLater(SubmitOutcome.Reason.UNREACHABLE, message, null)
                      : outcome;
                }
              })),

  /** A late report of progress takes the end back. */
  PROCESSING_OVERWRITES_THE_END(
      EnumSet.of(Invariant.ONLY_FORWARD),
      rules((job, event, now, decision) ->
          event instanceof Event.CalledBack(var report)
                  && job.hasEnded()
                  && report.status() == JobStatus.PROCESSING
              ? new Decision(Records.with(job, "status", JobStatus.PROCESSING), List.of())
              : decision)),

  /** The last terminal word counts, not the first. */
  LAST_WORD_COUNTS(
      EnumSet.of(Invariant.ONLY_FORWARD),
      rules((job, event, now, decision) ->
          event instanceof Event.CalledBack(var report)
                  && job.hasEnded()
                  && report.status().isTerminal()
                  && report.status() != job.status()
              ? new Decision(Records.with(job, "status", report.status()), List.of())
              : decision)),

  /** Any token opens any job. */
  TOKEN_OF_ANOTHER_JOB(
      EnumSet.of(Invariant.FORGERY_IS_VAIN, Invariant.NO_SURPRISE),
      part(
          CallbackTokens.class,
          real ->
              new CallbackTokens(() -> List.of("callback-secret")) {
                @Override
                public boolean isValid(RequestId id, String token) {
                  return token.length() == 43;
                }
              })),

  /** What Pixal3D says when it is asked changes nothing. */
  POLL_IGNORED(
      EnumSet.of(Invariant.RESULT_KEPT, Invariant.ENDS_IN_TIME),
      part(
          Pixal3d.class,
          real ->
              new ForwardingPixal3d(real) {
                @Override
                public StatusOutcome status(String upstreamId) {
                  var _ = super.status(upstreamId);
                  return new StatusOutcome.NoAnswer("not listened to");
                }
              })),

  /** A job of unknown outcome ends as if it were not charged. */
  UNKNOWN_ENDS_AS_FREE(
      EnumSet.of(Invariant.FREE_MEANS_FREE),
      rules((job, event, now, decision) ->
          event instanceof Event.Due && ends(job, decision)
              ? new Decision(
                  Records.with(decision.job(), "status", JobStatus.ERROR), decision.effects())
              : decision)),

  /** A job can be cancelled while the POST is under way. */
  CLAIMED_JOB_CANCELLED(
      EnumSet.of(Invariant.FREE_MEANS_FREE),
      new Bug() {
        @Override
        public <T> T around(Class<T> kind, Supplier<? extends T> real) {
          return kind == Lifecycle.class
              ? kind.cast(new CancellingLifecycle((Lifecycle) real.get()))
              : real.get();
        }
      }),

  /** The sweep dispatches a claimed job again. */
  CLAIMED_JOB_DISPATCHED_AGAIN(
      EnumSet.of(Invariant.PAID_ONCE, Invariant.FREE_MEANS_FREE),
      rules((job, event, now, decision) ->
          event instanceof Event.Due
                  && job.waitsFor() == WaitsFor.ANSWER
                  && !decision.job().equals(job)
                  && !decision.job().hasEnded()
              ? dispatchedAgain(job, now)
              : decision)),

  /** A job of unknown outcome is submitted again for as long as it stays unknown. */
  RESUBMITTED_FOR_EVER(
      EnumSet.of(Invariant.PAID_ONCE, Invariant.FREE_MEANS_FREE),
      rules((job, event, now, decision) ->
          new Decision(Records.with(decision.job(), "resubmitted", false), decision.effects()))),

  /** Pixal3D is asked again at once, for as long as it has nothing to say. */
  POLLED_WITHOUT_BACKOFF(
      EnumSet.of(Invariant.MODEST),
      rules((job, event, now, decision) ->
          event instanceof Event.Polled && decision.job().waitsFor() == WaitsFor.REPORT
              ? new Decision(
                  Records.with(decision.job(), "dueAt", now.plusSeconds(5)),
                  List.of(new Effect.SendPoll(decision.job().attempt(), Duration.ofSeconds(5))))
              : decision)),

  /** A webhook is sent without the attempt being claimed. */
  DELIVERY_NOT_CLAIMED(
      EnumSet.of(Invariant.TOLD_ONCE),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public Saved save(Job before, Job after) {
              return after.waitsFor() == WaitsFor.RECEIPT
                  ? new Saved.Won(
                      Records.with(
                          Records.with(before, "dueAt", after.dueAt()),
                          "waitsFor",
                          WaitsFor.DELIVERY))
                  : super.save(before, after);
            }
          })),

  /** The end is saved, and the webhook is not owed. */
  DELIVERY_NOT_OWED(
      EnumSet.of(Invariant.TOLD),
      rules((job, event, now, decision) -> ends(job, decision) ? atRest(decision) : decision)),

  /** A webhook that failed is forgotten, and nothing tells it. */
  DELIVERY_DROPPED_IN_SILENCE(
      EnumSet.of(Invariant.TOLD),
      rules((job, event, now, decision) ->
          event instanceof Event.DeliveryAttempted attempted && !attempted.result().delivered()
              ? atRest(decision)
              : decision)),

  /** Each attempt has an id of its own. */
  WEBHOOK_ID_CHANGES(
      EnumSet.of(Invariant.TOLD_ONCE), part(WebhookSender.class, NewIdForEachAttempt::new)),

  /** The end is told while progress is still being told. */
  END_DOES_NOT_WAIT_FOR_PROGRESS(
      EnumSet.of(Invariant.END_IS_LAST),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public Saved save(Job before, Job after) {
              boolean claim = after.delivery().told() > before.delivery().told();
              return claim ? new Saved.Won(after) : super.save(before, after);
            }
          })),

  /** The job is saved without its Idempotency-Key. */
  KEY_NOT_KEPT(
      EnumSet.of(Invariant.ONE_KEY_ONE_JOB, Invariant.NO_SURPRISE),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public Optional<IdempotencyRecord> createOnce(
                Job job, IdempotencyRecord record, Instant now) {
              super.create(job);
              return Optional.empty();
            }
          })),

  /** A submit is answered 202 although the job was not saved. */
  ACCEPTED_UNSAVED(
      EnumSet.of(Invariant.ENDS_IN_TIME),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public void create(Job job) {
              try {
                super.create(job);
              } catch (StoreException _) {
                // As if it did not matter.
              }
            }
          })),

  /** A list shows what lies beside one's own jobs. */
  LIST_OF_EVERYBODY(
      EnumSet.of(Invariant.PRIVATE),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public JobPage findByClient(String client, @Nullable RequestId before, int limit) {
              var all = new ArrayList<Job>();
              for (String name : Scenario.CLIENTS) {
                all.addAll(super.findByClient(name, before, limit).jobs());
              }
              return new JobPage(all, null);
            }
          })),

  /** The sweep passes a shard over. */
  SHARD_PASSED_OVER(
      EnumSet.of(
          Invariant.ENDS_IN_TIME, Invariant.QUIET, Invariant.RESULT_KEPT, Invariant.NO_SURPRISE),
      store(real ->
          new ForwardingJobStore(real) {
            @Override
            public DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit) {
              return shard == 0
                  ? new DuePage(List.of(), null)
                  : super.findDue(shard, until, after, limit);
            }
          }));

  private final Set<Invariant> breaks;
  private final Bug bug;

  DeliberateBug(Set<Invariant> breaks, Bug bug) {
    this.breaks = breaks;
    this.bug = bug;
  }

  /** The promises one of which it breaks. */
  Set<Invariant> breaks() {
    return breaks;
  }

  /** Puts the bug into an application. */
  Wiring into(Wiring wiring) {
    return new Wiring() {
      @Override
      public <T> T part(Class<T> kind, Supplier<? extends T> made) {
        return bug.around(kind, () -> wiring.part(kind, made));
      }
    };
  }

  /** Signs each attempt under an id of its own. */
  private static final class NewIdForEachAttempt implements WebhookSender {
    private final WebhookSender real;
    private int attempts;

    NewIdForEachAttempt(WebhookSender real) {
      this.real = real;
    }

    @Override
    public Receipt send(Message message) {
      String id = message.webhookId() + "_" + attempts++;
      return real.send(new Message(message.url(), id, message.body(), message.secrets()));
    }
  }

  private interface Bug {
    <T> T around(Class<T> kind, Supplier<? extends T> real);
  }

  private static <P> Bug part(Class<P> part, UnaryOperator<P> wrapper) {
    return new Bug() {
      @Override
      public <T> T around(Class<T> kind, Supplier<? extends T> real) {
        T made = real.get();
        return kind == part ? kind.cast(wrapper.apply(part.cast(made))) : made;
      }
    };
  }

  private static Bug store(UnaryOperator<JobStore> wrapper) {
    return part(JobStore.class, wrapper);
  }

  private static Bug rules(Rule rule) {
    return part(Lifecycle.class, real -> new BentLifecycle(real, rule));
  }

  /** What is made of what the real rules decide. */
  interface Rule {
    Decision bent(Job job, Event event, Instant now, Decision decision);
  }

  private static boolean ends(Job job, Decision decision) {
    return decision.job().hasEnded() && !job.hasEnded();
  }

  private static Decision dispatchedAgain(Job job, Instant now) {
    Job again = Records.with(job, "waitsFor", WaitsFor.DISPATCH);
    again = Records.with(again, "attempt", job.attempt() + 1);
    again = Records.with(again, "claimedAt", null);
    again = Records.with(again, "dueAt", now.plusSeconds(60));
    return new Decision(again, List.of(new Effect.SendDispatch(again.attempt(), Duration.ZERO)));
  }

  private static Decision atRest(Decision decision) {
    Job job = Records.with(decision.job(), "waitsFor", WaitsFor.NOTHING);
    job = Records.with(job, "dueAt", null);
    job = Records.with(job, "delivery", Delivery.NONE);
    return new Decision(job, List.of());
  }
}
