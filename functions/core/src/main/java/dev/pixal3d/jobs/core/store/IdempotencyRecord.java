package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Duration;
import java.time.Instant;

/**
 * What was accepted under an Idempotency-Key.
 *
 * @param client whose key it is: keys of two clients have nothing to do with each other
 * @param key as the client sent it
 * @param fingerprint of the request that came with it
 * @param requestId of the job that was made of it
 * @param validUntil when the key may be used anew
 */
public record IdempotencyRecord(
    String client, String key, String fingerprint, RequestId requestId, Instant validUntil) {
  /** How long a key is remembered. */
  public static final Duration VALIDITY = Duration.ofHours(24);
}
