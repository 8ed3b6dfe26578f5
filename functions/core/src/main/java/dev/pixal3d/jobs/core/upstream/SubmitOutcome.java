package dev.pixal3d.jobs.core.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a submit to Pixal3D ended, told apart by what really happened on the wire. */
public sealed interface SubmitOutcome {

  /**
   * Pixal3D took the job (2xx with a readable request_id).
   *
   * @param upstreamId its own request_id
   */
  record Accepted(String upstreamId) implements SubmitOutcome {}

  /**
   * Pixal3D will never take this request (400, 404, 413, 422 and the like).
   *
   * @param httpStatus the answer's status code
   * @param message upstream's words, for the client
   */
  record Refused(int httpStatus, String message) implements SubmitOutcome {}

  /**
   * Pixal3D did not take the job and certainly did not charge it; it may take it later.
   *
   * @param reason which kind of refusal
   * @param message what happened, for the timeline and the log
   * @param retryAfter how long upstream asks to wait, if it does
   */
  record TryLater(Reason reason, String message, @Nullable Duration retryAfter)
      implements SubmitOutcome {}

  /**
   * The request was sent, or may have been, and nothing tells whether it was accepted and charged.
   *
   * @param message what happened, for the timeline and the log
   */
  record Unknown(String message) implements SubmitOutcome {}

  /** Why a job was not taken for now. */
  enum Reason {
    /** 402: the wallet is empty. */
    INSUFFICIENT_BALANCE,
    /** 401 or 403: our key is not accepted; or there is none that could be sent. */
    UNAUTHORIZED,
    /** 429. */
    THROTTLED,
    /** 503, 408, 425, 500 with the page's own error body, or a redirect, which is not followed. */
    UNAVAILABLE,
    /** Nothing was sent: no address, no connection, no TLS. */
    UNREACHABLE
  }
}
