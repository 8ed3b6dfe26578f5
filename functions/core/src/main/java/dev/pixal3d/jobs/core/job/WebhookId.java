package dev.pixal3d.jobs.core.job;

/**
 * Names an event that a client is told of; the same on every attempt (Standard Webhooks 1.0,
 * "webhook-id"), so that the client can drop repeats.
 */
public final class WebhookId {
  private WebhookId() {}

  /** Of the event that tells of the job's end. */
  public static String ofEnd(RequestId job) {
    return "msg_" + uuid(job);
  }

  /**
   * Of an event before the end (mode sync).
   *
   * @param number counts them, from 1
   */
  public static String ofReport(RequestId job, int number) {
    return "msg_" + uuid(job) + "_" + number;
  }

  /**
   * Of an event to try a webhook with.
   *
   * @param job an id of no job that there is
   */
  public static String ofTest(RequestId job) {
    return "msg_test_" + uuid(job);
  }

  private static String uuid(RequestId job) {
    return job.value().substring(job.value().indexOf('_') + 1);
  }
}
