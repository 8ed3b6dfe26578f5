package dev.pixal3d.jobs.core.api;

import dev.pixal3d.jobs.core.job.Job;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the API.
 *
 * @param status the HTTP status code
 * @param headers the headers, each name once
 * @param body JSON
 */
public record ApiAnswer(int status, Map<String, String> headers, String body) {
  private static final String BAD_REQUEST = "Bad Request";
  private static final String ASK_AGAIN_SECONDS = "5";

  public ApiAnswer {
    headers = Map.copyOf(headers);
  }

  /** An answer with a JSON body. */
  public static ApiAnswer json(int status, String body) {
    return new ApiAnswer(status, Map.of("Content-Type", "application/json"), body);
  }

  /** 202: the job is saved, and when to ask how it stands. */
  public static ApiAnswer accepted(Job job) {
    return json(202, StatusBody.accepted(job)).withHeader("Retry-After", ASK_AGAIN_SECONDS);
  }

  /**
   * A job as it stands. Tells a client that has this very answer so (RFC 9110, 13.1.2), and when to
   * ask again while there is more to come.
   *
   * @param ifNoneMatch the header of that name, if it was sent
   */
  public static ApiAnswer status(Job job, @Nullable String ifNoneMatch) {
    String body = StatusBody.status(job);
    String tag = EntityTag.of(body);
    ApiAnswer answer =
        EntityTag.matches(ifNoneMatch, tag)
            ? new ApiAnswer(304, Map.of(), "")
            : ApiAnswer.json(200, body);
    ApiAnswer tagged = answer.withHeader("ETag", tag);
    return job.hasEnded() ? tagged : tagged.withHeader("Retry-After", ASK_AGAIN_SECONDS);
  }

  /**
   * 400: the request is not valid.
   *
   * @param faults what is wrong with it, at least one thing
   */
  public static ApiAnswer badRequest(List<Fault> faults) {
    String first = faults.getFirst().sentence();
    String message = faults.size() == 1 ? first : first + " (and more: see details)";
    return error(400, new ErrorBody(BAD_REQUEST, message, faults));
  }

  /**
   * 400: the path names a model that is not served, or none is served for now. The page's own words
   * ("Queue System Errors").
   */
  public static ApiAnswer modelNotFound(String model) {
    return error(
        400,
        new ErrorBody(
            "Model not found", "Model '%s' not found or is disabled".formatted(Excerpt.of(model))));
  }

  /** 401: no API key, or one that nobody knows. */
  public static ApiAnswer unauthorized() {
    return error(
        401,
        new ErrorBody(
            "Unauthorized", "Send a valid API key in the header Ocp-Apim-Subscription-Key."));
  }

  /** 402: upstream's wallet is empty. The page's own words ("Queue System Errors"). */
  public static ApiAnswer insufficientBalance() {
    return error(
        402, new ErrorBody("Insufficient Balance", "Your wallet does not have enough balance."));
  }

  /** 403: the API key is known and switched off. */
  public static ApiAnswer forbidden() {
    return error(
        403,
        new ErrorBody(
            "Forbidden", "This API key is disabled. Ask the operator of this service about it."));
  }

  /** 404: there is no such thing, or it is another client's. */
  public static ApiAnswer notFound(String message) {
    return error(404, new ErrorBody("Not Found", message));
  }

  /** 404: there is no such job, or it is another client's. */
  public static ApiAnswer noSuchRequest() {
    return notFound("There is no request of this id, or it is no longer kept.");
  }

  /** 409: it is too late, or too early, for what is asked. */
  public static ApiAnswer conflict(String message) {
    return error(409, new ErrorBody("Conflict", message));
  }

  /** 422: the Idempotency-Key belongs to another request. */
  public static ApiAnswer unprocessable() {
    return error(
        422,
        new ErrorBody(
            "Unprocessable Content",
            "This Idempotency-Key was used for another request. Repeat that request unchanged, or"
                + " send this one with a new key."));
  }

  /**
   * 429: too many requests.
   *
   * @param retryAfter when to try again; told in whole seconds, rounded up
   */
  public static ApiAnswer tooManyRequests(Duration retryAfter) {
    long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
    return error(
            429,
            new ErrorBody(
                "Too Many Requests",
                "Too many requests. Try again in %d seconds.".formatted(seconds)))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /** 500: our own trouble, of which a client is told nothing more. */
  public static ApiAnswer internalError() {
    return error(
        500,
        new ErrorBody(
            "Internal Server Error",
            "Something went wrong on our side. Try again; repeat a submit with the same"
                + " Idempotency-Key, so that it is not run twice."));
  }

  /** What a callback is told that is not taken: no more than it needs to know. */
  public static ApiAnswer callbackRefused(int status, String message) {
    return error(status, new ErrorBody("Callback refused", message));
  }

  /** The same answer with one more header. */
  public ApiAnswer withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiAnswer(status, more, body);
  }

  private static ApiAnswer error(int status, ErrorBody body) {
    return json(status, body.toJson());
  }
}
