package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does now what jobs wait for. */
final class Requeue {
  private Requeue() {}

  /**
   * What came of it.
   *
   * @param words a sentence for the operator
   */
  record Outcome(ExitCode code, String words) {}

  /**
   * Requeues a job.
   *
   * @param closed the gate, if it lets nothing pass at present
   */
  static Outcome one(Transitions transitions, Optional<Gate> closed, Job job, boolean mayPayTwice) {
    return transitions
        .apply(job, new Event.Requeued(mayPayTwice))
        .map(decision -> outcome(decision, closed))
        .orElseGet(
            () -> new Outcome(ExitCode.NOT_FOUND, "is gone: its time to be kept has just ended"));
  }

  private static Outcome outcome(Decision decision, Optional<Gate> closed) {
    Job job = decision.job();
    return decision.effects().isEmpty()
        ? new Outcome(ExitCode.REFUSED, refusal(job))
        : new Outcome(
            ExitCode.DONE,
            switch (job.waitsFor()) {
              case DISPATCH -> closed.map(Requeue::held).orElse("goes to Pixal3D now");
              case REPORT -> "is asked about now";
              default -> "is told to its client now";
            });
  }

  private static String held(Gate closed) {
    return closed.isClosedByHand()
        ? "is held, for dispatch is paused: it goes to Pixal3D after `dispatch resume`"
        : "is held, for Pixal3D's refusals have closed dispatch until %s: `dispatch status`"
            .formatted(Times.timestamp(closed.until()));
  }

  private static String refusal(Job job) {
    return switch (job.waitsFor()) {
      case ANSWER ->
          "was submitted and nothing tells whether Pixal3D took it: a second submit may be paid a"
              + " second time. Its callback heals it until %s. If you know that it was not taken, or"
                  .formatted(Times.timestamp(job.dueAt()))
              + " accept to pay twice: --may-pay-twice";
      case RECEIPT -> "is being told to its client just now";
      case NOTHING ->
          job.order().webhookUrl() == null
              ? "has ended (" + job.status() + "); nothing is left to do"
              : "has ended ("
                  + job.status()
                  + ") and its webhook is settled. The client can have it sent again: POST"
                  + " /v2/requests/%s/webhook/replay".formatted(job.id());
      case DISPATCH, REPORT, DELIVERY -> "is not to be requeued at present";
    };
  }

  /** Requeues every job that waits for one thing and is meant; how many. */
  static int all(Target target, WaitsFor waitsFor, Predicate<Job> meant) {
    Transitions transitions = target.transitions();
    JobStore jobs = target.jobs();
    // All ids first: each requeue moves a job on, to a page of the index that is still to be read.
    List<RequestId> waiting = DueIndex.waiting(target).map(DueJob::id).distinct().toList();
    return (int)
        waiting.stream()
            .flatMap(id -> jobs.load(id).stream())
            .filter(job -> job.waitsFor() == waitsFor && meant.test(job))
            .filter(job -> one(transitions, Optional.empty(), job, false).code() == ExitCode.DONE)
            .count();
  }
}
