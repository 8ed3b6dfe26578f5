package dev.pixal3d.jobs.core.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one event to a client's webhook, once. */
public interface WebhookSender {

  /**
   * Makes one attempt, signed anew. Never throws for what a receiver, a network or a client's
   * address does: the receipt tells it.
   *
   * @throws IllegalArgumentException if the secrets or the id cannot be signed with, see {@link
   *     WebhookSignature#sign}
   */
  Receipt send(Message message);

  /**
   * One event.
   *
   * @param url the client's webhook, as the client gave it
   * @param webhookId the same on every attempt for the same event
   * @param body JSON, the bytes that are signed and sent
   * @param secrets the client's, newest first, at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy for each attempt is waste
  record Message(URI url, String webhookId, byte[] body, List<String> secrets) {
    public Message {
      secrets = List.copyOf(secrets);
    }

    /** Without body and secrets, and without the address, which may hold a credential. */
    @Override
    public String toString() {
      return "Message[webhookId=%s, %d bytes]".formatted(webhookId, body.length);
    }
  }

  /**
   * What came of one attempt.
   *
   * @param at when it began
   * @param duration how long it took
   * @param httpStatus the answer's, 100 to 999; null if no answer came. It counts from the moment
   *     that the head of the answer was read, whatever becomes of the body
   * @param error null if the event was delivered, else one sentence for whoever runs the receiver:
   *     "answered 500", "no answer within 15 s"; it repeats nothing of the answer's body and
   *     nothing of the address but its host
   * @param retryAfter how long an answer other than 2xx asks to wait, at most 24 hours; null if it
   *     does not ask
   * @param timestamp the header {@code webhook-timestamp} of this attempt
   * @param signature the header {@code webhook-signature} of this attempt
   */
  record Receipt(
      Instant at,
      Duration duration,
      @Nullable Integer httpStatus,
      @Nullable String error,
      @Nullable Duration retryAfter,
      String timestamp,
      String signature) {

    /** Whether the receiver took the event: it answered 2xx. */
    public boolean delivered() {
      return httpStatus != null && httpStatus >= 200 && httpStatus <= 299;
    }

    /** Whether the receiver wants no further attempt: it answered 410. */
    public boolean gone() {
      return httpStatus != null && httpStatus == 410;
    }
  }
}
