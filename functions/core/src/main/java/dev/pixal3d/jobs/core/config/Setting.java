package dev.pixal3d.jobs.core.config;

import org.jspecify.annotations.Nullable;

/**
 * Every setting: its name as environment variable, its default and its meaning. In template.yaml
 * the same names stand in CamelCase as parameters.
 */
public enum Setting {
  PIXAL3D_BASE_URL("https://gateway.pixazo.ai", "Where Pixal3D is."),
  PIXAL3D_API_KEY(
      null, "The key that Pixal3D knows us by. On AWS the ARN of the secret that holds it."),
  CALLBACK_SECRET(
      null,
      "What the tokens in callback URLs are made with. On AWS the ARN of a secret that the stack"
          + " makes."),
  PUBLIC_URL(
      "",
      "Base of polling_url and callback URLs. Empty: the host that the submit came to, kept in the"
          + " job."),
  ACCEPT_SUBMITS("true", "`false` refuses new jobs for the time of a maintenance."),
  FIRST_POLL_SECONDS("180", "Silence after which Pixal3D is asked about a job."),
  POLL_MAX_SECONDS("600", "The longest time between two questions about a job."),
  READ_THROUGH_SECONDS(
      "60",
      "A client that asks for a job about which Pixal3D was silent for longer causes one such"
          + " question, at most one per 10 s."),
  DISPATCH_BACKOFF_SECONDS("5", "First delay of a dispatch that is to be tried again."),
  UNKNOWN_GRACE_SECONDS(
      "7200", "How long a submit of unknown outcome may still be healed by a callback."),
  ON_UNKNOWN_SUBMIT(
      "fail", "What then becomes of it: `fail`, or `resubmit` once, at the risk of paying twice."),
  JOB_DEADLINE_SECONDS(
      "7200", "How long to wait for Pixal3D to accept a job, then again for its result."),
  VERIFY_CALLBACKS(
      "token", "`readback` also asks Pixal3D's status endpoint before a callback is believed."),
  MEDIA_HOSTS(
      ".r2.dev,.pixazo.ai", "Hosts on which results may lie; a leading dot means all below."),
  DUE_SHARDS("16", "Shards of the due index. May grow on a live system, never shrink."),
  RETENTION_DAYS("30", "How long an ended job is kept, at least 2."),
  TABLE_NAME(null, "The DynamoDB table."),
  DISPATCH_QUEUE_URL(null, "The queue of jobs to hand to Pixal3D."),
  POLL_QUEUE_URL(null, "The queue of jobs to ask Pixal3D about."),
  NOTIFY_QUEUE_URL(null, "The queue of jobs to tell clients about."),
  SWEEP_QUEUE_URL(null, "The queue of the sweep."),
  ALLOW_LOOPBACK(
      "false",
      "`true` allows http://localhost and http://127.0.0.1 as upstream, webhook and media address."
          + " Only for the local stack."),
  CLOCKS_APART_SECONDS(
      "180",
      "How far apart the clocks of two machines may be, for leases of webhook attempts. The local"
          + " stack has one clock and sets 0.");

  private final @Nullable String defaultValue;
  private final String meaning;

  Setting(@Nullable String defaultValue, String meaning) {
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** The value that holds where none is given; null if one must be given. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** What it does, in Markdown. */
  public String meaning() {
    return meaning;
  }
}
