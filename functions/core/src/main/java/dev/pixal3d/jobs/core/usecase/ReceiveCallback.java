package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.Timeline;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.ReportReader;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what Pixal3D reports by itself. The token in the URL says that Pixal3D was told it for this
 * very job; the body has to fit what we know of the job.
 */
public final class ReceiveCallback {
  private static final Logger log = LoggerFactory.getLogger(ReceiveCallback.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final JobStore store;
  private final Transitions transitions;
  private final Pixal3d pixal3d;
  private final CallbackTokens tokens;
  private final MediaHosts mediaHosts;
  private final boolean readBackTerminal;
  private final Metrics metrics;

  /**
   * @param readBackTerminal whether a terminal callback is read back from the status endpoint
   *     before it is believed (VERIFY_CALLBACKS)
   */
  public ReceiveCallback(
      JobStore store,
      Transitions transitions,
      Pixal3d pixal3d,
      CallbackTokens tokens,
      MediaHosts mediaHosts,
      boolean readBackTerminal,
      Metrics metrics) {
    this.store = store;
    this.transitions = transitions;
    this.pixal3d = pixal3d;
    this.tokens = tokens;
    this.mediaHosts = mediaHosts;
    this.readBackTerminal = readBackTerminal;
    this.metrics = metrics;
  }

  /** What the caller is told. */
  public enum Result {
    /** Taken, or known already, or not believed but looked into. */
    TAKEN,
    /** No such job, or not its token; the two look the same. */
    NOT_FOUND,
    /** The body is no report. */
    MALFORMED,
    TOO_LARGE,
    /** The report is about another upstream job. */
    NOT_THIS_JOB,
    /** Our own trouble, or Pixal3D's status endpoint gives no answer: call back again. */
    TRY_AGAIN
  }

  public Result receive(String requestId, String token, byte[] body) {
    Result result = received(requestId, token, body);
    switch (result) {
      case NOT_FOUND, MALFORMED, TOO_LARGE, NOT_THIS_JOB -> metrics.count(Metric.CALLBACKS_REFUSED);
      case TAKEN, TRY_AGAIN -> {}
    }
    return result;
  }

  private Result received(String requestId, String token, byte[] body) {
    Optional<RequestId> id =
        RequestId.parse(requestId).filter(wellFormed -> tokens.isValid(wellFormed, token));
    if (id.isEmpty()) {
      return Result.NOT_FOUND;
    }
    if (body.length > MAX_BODY_BYTES) {
      return Result.TOO_LARGE;
    }
    return switch (ReportReader.read(body, token)) {
      case ReportReader.Unreadable(String why) -> {
        log.warn("Callback for {} is no report: {}", id.get(), why);
        yield Result.MALFORMED;
      }
      case ReportReader.Understood(Report report) ->
          store.load(id.get()).map(job -> receive(job, report)).orElse(Result.NOT_FOUND);
    };
  }

  private Result receive(Job job, Report report) {
    LogContext.job(job.id());
    LogContext.client(job.client());
    String upstreamId = job.upstreamId();
    if (upstreamId != null && !upstreamId.equals(report.upstreamId())) {
      log.warn("Callback for {} names another upstream job; nothing is changed", job.id());
      return Result.NOT_THIS_JOB;
    }
    if (job.hasEnded()) {
      metrics.count(
          job.timeline().tells(Timeline.CALLED_BACK, job.status().name())
              ? Metric.CALLBACKS_DUPLICATE
              : Metric.CALLBACKS_LATE);
      return take(job, new Event.CalledBack(report));
    }
    boolean terminal = report.status().isTerminal();
    if (upstreamId == null || (terminal && readBackTerminal)) {
      return readBack(job, report);
    }
    Optional<String> doubt = doubt(report);
    return doubt.isPresent()
        ? take(job, new Event.CallbackDoubted(doubt.get()))
        : take(job, new Event.CalledBack(report));
  }

  /** An upstream id that we only learn here, or an end: Pixal3D's status endpoint has the word. */
  private Result readBack(Job job, Report report) {
    return switch (pixal3d.status(report.upstreamId())) {
      case StatusOutcome.Answered(Report answer) -> take(job, new Event.CalledBack(answer));
      case StatusOutcome.NotKnown() -> {
        log.warn("Callback for {} names a job that Pixal3D does not know", job.id());
        yield Result.NOT_THIS_JOB;
      }
      case StatusOutcome.NoAnswer(String why) -> {
        take(job, new Event.CallbackDoubted("could not be read back: " + why));
        yield Result.TRY_AGAIN;
      }
    };
  }

  private Optional<String> doubt(Report report) {
    Output output = report.output();
    if (report.status() != JobStatus.COMPLETED) {
      return Optional.empty();
    }
    if (output == null || output.mediaUrls().isEmpty()) {
      return Optional.of("completed without a result");
    }
    return output.mediaUrls().stream().allMatch(mediaHosts::allow)
        ? Optional.empty()
        : Optional.of("a result on a foreign host");
  }

  private Result take(Job job, Event event) {
    transitions.apply(job, event);
    return Result.TAKEN;
  }
}
