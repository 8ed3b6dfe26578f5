package dev.pixal3d.jobs.core.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of telling a client about its job. {@link WaitsFor#DELIVERY} and {@link
 * WaitsFor#RECEIPT} tell whether an event is owed or being sent at present.
 *
 * @param settled what came of the terminal event; null while it is owed, or none is
 * @param failures how many attempts at the terminal event have failed, its place in the schedule
 * @param nextAt when the next attempt at the terminal event is to be made; null if none is
 * @param reports how many reports were there to tell of before the end (mode sync)
 * @param told the number of the latest of them that was sent
 * @param tellingUntil the end of the lease of the one that is being sent; null if none is
 * @param attempts at the terminal event, oldest first, the last {@value #MAX_ATTEMPTS}
 */
public record Delivery(
    @Nullable Settled settled,
    int failures,
    @Nullable Instant nextAt,
    int reports,
    int told,
    @Nullable Instant tellingUntil,
    List<Attempt> attempts) {
  /** How many attempts are kept at the most. */
  public static final int MAX_ATTEMPTS = 20;

  /** Nothing has been told, and nothing is owed. */
  public static final Delivery NONE = new Delivery(null, 0, null, 0, 0, null, List.of());

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** What came of the terminal event. */
  public enum Settled {
    /** The client's server answered 2xx. */
    DELIVERED,
    /** No attempt is made any more. */
    GIVEN_UP
  }

  /**
   * One attempt to tell.
   *
   * @param at when it began
   * @param httpStatus what the client's server answered; null if it gave no answer
   * @param error why it is no success, in words for the client; null if it is one
   * @param duration how long it took
   */
  public record Attempt(
      Instant at, @Nullable Integer httpStatus, @Nullable String error, Duration duration) {
    /** Whether the client has the event. */
    public boolean delivered() {
      return error == null;
    }
  }

  /** The rest of the lease of one that tells of the job before its end; zero if there is none. */
  Duration untilTold(Instant now) {
    return tellingUntil == null || !now.isBefore(tellingUntil)
        ? Duration.ZERO
        : Duration.between(now, tellingUntil);
  }

  Delivery owed(Instant firstAt) {
    return new Delivery(null, 0, firstAt, reports, told, tellingUntil, attempts);
  }

  Delivery nextAt(@Nullable Instant next) {
    return new Delivery(settled, failures, next, reports, told, tellingUntil, attempts);
  }

  Delivery settled(Settled how) {
    return new Delivery(how, failures, null, reports, told, tellingUntil, attempts);
  }

  Delivery attempted(Attempt attempt) {
    var all = new ArrayList<>(attempts);
    all.add(attempt);
    return new Delivery(
        settled,
        attempt.delivered() ? failures : failures + 1,
        nextAt,
        reports,
        told,
        tellingUntil,
        all.subList(Math.max(0, all.size() - MAX_ATTEMPTS), all.size()));
  }

  Delivery oneMoreReport() {
    return new Delivery(settled, failures, nextAt, reports + 1, told, tellingUntil, attempts);
  }

  Delivery telling(int report, Instant until) {
    return new Delivery(settled, failures, nextAt, reports, report, until, attempts);
  }

  Delivery toldAll() {
    return new Delivery(settled, failures, nextAt, reports, told, null, attempts);
  }
}
