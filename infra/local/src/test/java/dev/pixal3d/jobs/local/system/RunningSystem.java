package dev.pixal3d.jobs.local.system;

import java.time.Duration;

/**
 * The whole system, running somewhere: as much of it as tests can use wherever that is. What a
 * system does not have ends the test that asks for it as skipped ({@link
 * org.junit.jupiter.api.Assumptions#abort(String)}), with a sentence that says why.
 */
public interface RunningSystem extends AutoCloseable {
  /** A client with a valid key. */
  Client client();

  /** Its Pixal3D, if that is a simulator that the tests may control. */
  Simulator simulator();

  /** A new client's server, where its webhooks arrive. One at a time. */
  Receiver receiver();

  /** What its webhooks are signed with, {@code whsec_…}. */
  String webhookSecret();

  /** Its queues, if tests may play with them. */
  Queues queues();

  /** How long things take there. */
  Pace pace();

  /** Whether a job there costs money that nobody has agreed to spend. */
  boolean isTooDear();

  @Override
  void close();

  /**
   * How long tests wait for what is to happen, at most.
   *
   * @param callback until a job has ended of which Pixal3D calls back
   * @param poll until a job has ended of which it does not
   * @param delivery from a job's end until its client is told, once more after a failure
   */
  record Pace(Duration callback, Duration poll, Duration delivery) {}
}
