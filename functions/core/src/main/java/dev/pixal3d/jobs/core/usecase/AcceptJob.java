package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.api.SubmitRequest;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.StoreException;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a job in. Once it is saved it is accepted, whatever the queue says: its {@code dueAt}
 * brings it back.
 */
public final class AcceptJob {
  private final JobStore store;
  private final Transitions transitions;
  private final Lifecycle lifecycle;
  private final GateKeeper gate;
  private final Supplier<RequestId> newId;
  private final InstantSource clock;
  private final boolean open;
  private final Metrics metrics;

  /**
   * @param open whether new jobs are taken in at all (ACCEPT_SUBMITS)
   */
  public AcceptJob(
      JobStore store,
      Transitions transitions,
      Lifecycle lifecycle,
      GateKeeper gate,
      Supplier<RequestId> newId,
      InstantSource clock,
      boolean open,
      Metrics metrics) {
    this.store = store;
    this.transitions = transitions;
    this.lifecycle = lifecycle;
    this.gate = gate;
    this.newId = newId;
    this.clock = clock;
    this.open = open;
    this.metrics = metrics;
  }

  /** What came of a submit. */
  public sealed interface Result {
    /**
     * The job is taken in.
     *
     * @param replayed whether an earlier submit with the same Idempotency-Key did that
     */
    record Accepted(Job job, boolean replayed) implements Result {}

    /** The Idempotency-Key belongs to another request. */
    record KeyReused() implements Result {}

    /** No new jobs are taken in at present. */
    record Closed() implements Result {}

    /** Pixal3D says that the wallet is empty. */
    record InsufficientBalance() implements Result {}
  }

  /**
   * Takes a job in, or finds the one that the same Idempotency-Key brought before.
   *
   * @param client who submits
   * @param publicUrl base of the job's polling_url and callback URL
   */
  public Result accept(SubmitRequest submit, String client, URI publicUrl) {
    Instant now = clock.instant();
    String key = submit.idempotencyKey();
    if (key != null) {
      Optional<IdempotencyRecord> earlier = store.findIdempotencyRecord(client, key, now);
      if (earlier.isPresent()) {
        return replay(earlier.get(), submit);
      }
    }
    if (!open) {
      return new Result.Closed();
    }
    if (gate.isClosedForBalance()) {
      return new Result.InsufficientBalance();
    }
    var order =
        new Job.Order(
            submit.request().json(), submit.webhookUrl(), submit.webhookMode(), publicUrl);
    Decision accepted = lifecycle.accept(newId.get(), client, order, now);
    Job job = accepted.job();
    if (key == null) {
      store.create(job);
    } else {
      var record =
          new IdempotencyRecord(
              client, key, submit.fingerprint(), job.id(), now.plus(IdempotencyRecord.VALIDITY));
      Optional<IdempotencyRecord> earlier = store.createOnce(job, record, now);
      if (earlier.isPresent()) {
        return replay(earlier.get(), submit);
      }
    }
    LogContext.job(job.id());
    metrics.count(Metric.JOBS_ACCEPTED);
    transitions.send(Transitions.messages(accepted));
    return new Result.Accepted(job, false);
  }

  private Result replay(IdempotencyRecord earlier, SubmitRequest submit) {
    if (!earlier.fingerprint().equals(submit.fingerprint())) {
      return new Result.KeyReused();
    }
    Job job =
        store
            .load(earlier.requestId())
            .orElseThrow(() ->
                new StoreException(
                    "An Idempotency-Key names the job " + earlier.requestId() + ", which is gone.",
                    null));
    return new Result.Accepted(job, true);
  }
}
