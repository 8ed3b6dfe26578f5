package dev.pixal3d.jobs.core.job;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One accepted job and all that is known of it. Only {@link Lifecycle} makes a job out of another.
 *
 * @param id our own request_id, never Pixal3D's
 * @param client the name of the client that it belongs to
 * @param version counts the saves, from 1; a save succeeds only on the version that was read
 * @param order what was ordered, as it was accepted
 * @param status as the client sees it
 * @param waitsFor what has to happen next
 * @param dueAt when the sweep takes the job up if nothing else did; null once nothing is to happen
 * @param deadlineAt when waiting ends: for acceptance by Pixal3D first, then for its result
 * @param attempt names the step that the job is at; a message that names another one is stale
 * @param tries how often the present step was tried again, for the backoff
 * @param leases how often the sweep took the job since it last moved, for the doubling lease
 * @param claimedAt when the paid POST was claimed; only while waiting for its answer
 * @param resubmitted whether the POST was made a second time after an unknown outcome
 * @param upstreamId Pixal3D's request_id, once known
 * @param error what went wrong, in words for the client
 * @param output what was made
 * @param createdAt when it was accepted
 * @param updatedAt when Pixal3D last said anything about it, or it ended; never moves back
 * @param completedAt when it ended
 * @param expiresAt when storage may forget it; null while anything is still to happen
 * @param readThroughAt when a client's question last made us ask Pixal3D
 * @param delivery what is known of telling the client
 * @param timeline what happened
 */
public record Job(
    RequestId id,
    String client,
    long version,
    Order order,
    JobStatus status,
    WaitsFor waitsFor,
    @Nullable Instant dueAt,
    Instant deadlineAt,
    int attempt,
    int tries,
    int leases,
    @Nullable Instant claimedAt,
    boolean resubmitted,
    @Nullable String upstreamId,
    @Nullable String error,
    @Nullable Output output,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant completedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant readThroughAt,
    Delivery delivery,
    Timeline timeline) {

  /**
   * What the client ordered; never changes, but may be forgotten.
   *
   * @param requestJson the request's JSON object, forwarded as received
   * @param webhookUrl where the client wants to be told, if it does
   * @param webhookMode how often it wants to be told
   * @param publicUrl the base that its polling_url and our callback URLs were made with
   */
  public record Order(
      String requestJson, @Nullable URI webhookUrl, WebhookMode webhookMode, URI publicUrl) {
    private static final String FORGOTTEN_REQUEST = "{}";

    /** What is left once the client's data is forgotten. */
    Order forgotten() {
      return new Order(FORGOTTEN_REQUEST, null, WebhookMode.TERMINAL, publicUrl);
    }
  }

  /** Whether the job stands at this very step, so that a message about it is not stale. */
  public boolean isAt(WaitsFor step, int messageAttempt) {
    return waitsFor == step && attempt == messageAttempt;
  }

  /** Whether nothing is left of what the client ordered and got. */
  public boolean isForgotten() {
    return order.equals(order.forgotten());
  }

  /** Whether it has reached its terminal status. */
  public boolean hasEnded() {
    return status.isTerminal();
  }

  /** This job with another version. */
  public Job ofVersion(long otherVersion) {
    return new Job(
        id,
        client,
        otherVersion,
        order,
        status,
        waitsFor,
        dueAt,
        deadlineAt,
        attempt,
        tries,
        leases,
        claimedAt,
        resubmitted,
        upstreamId,
        error,
        output,
        createdAt,
        updatedAt,
        completedAt,
        expiresAt,
        readThroughAt,
        delivery,
        timeline);
  }
}
