package dev.pixal3d.jobs.core.telemetry;

/** Every metric. Alarms and the dashboard know them by {@link #metricName()}. */
public enum Metric {
  JOBS_ACCEPTED("JobsAccepted", Unit.COUNT, "A submit was answered with a new job."),
  JOBS_DISPATCHED("JobsDispatched", Unit.COUNT, "Pixal3D is known to have accepted a job."),
  SUBMITS_UNKNOWN(
      "SubmitsUnknown", Unit.COUNT, "A paid POST was sent and nothing tells what became of it."),
  UPSTREAM_WALLET_EMPTY(
      "UpstreamWalletEmpty", Unit.COUNT, "The gate was closed, for Pixal3D answered 402."),
  UPSTREAM_KEY_REFUSED(
      "UpstreamKeyRefused", Unit.COUNT, "The gate was closed, for Pixal3D answered 401 or 403."),
  UPSTREAM_THROTTLED(
      "UpstreamThrottled", Unit.COUNT, "The gate was closed, for Pixal3D answered 429."),
  CALLBACKS_REFUSED(
      "CallbacksRefused", Unit.COUNT, "A callback was forged, malformed or about another job."),
  CALLBACKS_LATE(
      "CallbacksLate", Unit.COUNT, "A callback came for a job that something else had ended."),
  CALLBACKS_DUPLICATE(
      "CallbacksDuplicate", Unit.COUNT, "A callback came for a job that a callback had ended."),
  JOBS_ENDED_BY_CALLBACK("JobsEndedByCallback", Unit.COUNT, "A callback brought the end."),
  JOBS_ENDED_BY_POLL(
      "JobsEndedByPoll",
      Unit.COUNT,
      "A poll brought the end. Its share of both is the rate of lost callbacks."),
  JOBS_COMPLETED("JobsCompleted", Unit.COUNT, "A job ended COMPLETED."),
  JOBS_FAILED("JobsFailed", Unit.COUNT, "A job ended FAILED."),
  JOBS_ERRORED("JobsErrored", Unit.COUNT, "A job ended ERROR."),
  JOBS_CANCELLED("JobsCancelled", Unit.COUNT, "A job ended CANCELLED."),
  WEBHOOKS_DELIVERED("WebhooksDelivered", Unit.COUNT, "A client took the event of a job's end."),
  WEBHOOK_ATTEMPTS_FAILED(
      "WebhookAttemptsFailed", Unit.COUNT, "An attempt to tell a client of a job's end failed."),
  WEBHOOKS_GIVEN_UP("WebhooksGivenUp", Unit.COUNT, "A client is told no more of a job's end."),
  WEBHOOK_ENDPOINTS_SWITCHED_OFF(
      "WebhookEndpointsSwitchedOff", Unit.COUNT, "A client's server only failed for five days."),
  WORK_FAILED(
      "WorkFailed",
      Unit.COUNT,
      "A request was answered with our own 500, or a message went back to its queue, for an"
          + " exception that nobody expected."),
  SWEPT_JOBS("SweptJobs", Unit.COUNT, "Jobs that a sweep took up."),
  SWEEP_LAG(
      "SweepLag",
      Unit.MILLISECONDS,
      "How long the most overdue job was overdue; told by every sweep, 0 if none was."),
  TIME_TO_DISPATCH(
      "TimeToDispatch", Unit.MILLISECONDS, "From our acceptance of a job to Pixal3D's."),
  TIME_AT_PIXAL3D(
      "TimeAtPixal3d", Unit.MILLISECONDS, "From Pixal3D's acceptance of a job to its end."),
  TIME_TO_DELIVER(
      "TimeToDeliver", Unit.MILLISECONDS, "From a job's end to its client's first 2xx.");

  private final String metricName;
  private final Unit unit;
  private final String meaning;

  Metric(String metricName, Unit unit, String meaning) {
    this.metricName = metricName;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** What a metric counts in. */
  public enum Unit {
    COUNT,
    MILLISECONDS
  }

  /** Its name in CloudWatch. */
  public String metricName() {
    return metricName;
  }

  public Unit unit() {
    return unit;
  }

  /** What it tells, in a sentence. */
  public String meaning() {
    return meaning;
  }
}
