package dev.pixal3d.jobs.core.upstream;

import dev.pixal3d.jobs.core.upstream.Ending.Answered;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Accepted;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Refused;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.TryLater;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Unknown;
import java.time.Instant;

/**
 * What an answer to a submit means (Pixal3D's page, "Response Handling" and "Error Responses").
 * Only an answer that rules a charge out lets a job be submitted again; what the page does not tell
 * counts as unknown.
 *
 * @param answer what came
 * @param redaction what may not come up in a message, though upstream quote it
 * @param now what a date in {@code Retry-After} is counted from
 */
record SubmitAnswer(Answered answer, Redaction redaction, Instant now) {

  private static final String NOT_KNOWN = "; whether it accepted and charged the job is not known";

  SubmitOutcome outcome() {
    int status = answer.status();
    return switch (status) {
      case 401, 403 -> tryLater(Reason.UNAUTHORIZED);
      case 402 -> tryLater(Reason.INSUFFICIENT_BALANCE);
      case 429 -> tryLater(Reason.THROTTLED);
      // 408 and 425 say that the request was not processed (RFC 9110, 15.5.9; RFC 8470, 5.2).
      case 408, 425, 503 -> tryLater(Reason.UNAVAILABLE);
      case 500 -> hasThePagesErrorBody() ? tryLater(Reason.UNAVAILABLE) : unknown();
      // "Ask there": nothing was done here. A 302 or 303 may follow upon something that was.
      case 301, 307, 308 -> redirected();
      default -> {
        if (status >= 200 && status <= 299) {
          yield accepted();
        }
        yield status >= 400 && status <= 499 ? refused() : unknown();
      }
    };
  }

  private SubmitOutcome accepted() {
    return switch (answer.body()) {
      case JsonBody.Parsed body ->
          UpstreamId.in(body.object())
              .<SubmitOutcome>map(Accepted::new)
              .orElseGet(() ->
                  new Unknown(
                      answer.describe(redaction) + ", without a readable request_id" + NOT_KNOWN));
      case JsonBody.Unreadable _ -> unknown();
    };
  }

  private SubmitOutcome refused() {
    String reason = answer.reason(redaction);
    return new Refused(
        answer.status(),
        reason.isEmpty()
            ? "Pixal3D refused the request with HTTP status %d and gave no reason"
                .formatted(answer.status())
            : reason);
  }

  private SubmitOutcome tryLater(Reason reason) {
    return new TryLater(
        reason,
        answer.describe(redaction),
        RetryAfter.read(answer.headers().firstValue("Retry-After").orElse(null), now));
  }

  private SubmitOutcome redirected() {
    return new TryLater(
        Reason.UNAVAILABLE,
        "Pixal3D answered with the redirect %d, which is not followed: set PIXAL3D_BASE_URL to where it leads"
            .formatted(answer.status()),
        null);
  }

  private Unknown unknown() {
    return new Unknown(answer.describe(redaction) + NOT_KNOWN);
  }

  /** {@code {"error": "...", "message": "..."}}: the queue itself says that it failed. */
  private boolean hasThePagesErrorBody() {
    return answer.body() instanceof JsonBody.Parsed body
        && body.object().path("error").isTextual()
        && body.object().path("message").isTextual();
  }
}
