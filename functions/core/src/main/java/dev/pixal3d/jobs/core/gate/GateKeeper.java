package dev.pixal3d.jobs.core.gate;

import dev.pixal3d.jobs.core.gate.Gate.Reason;
import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the gate before a POST and tells it what came of it. */
public final class GateKeeper {
  private static final Logger log = LoggerFactory.getLogger(GateKeeper.class);

  private static final int BALANCE_ANSWER_KEPT_SECONDS = 1;

  private final GateStore store;
  private final Duration firstClosure;
  private final InstantSource clock;
  private final Metrics metrics;
  private volatile @Nullable Answer balanceAnswer;

  /**
   * @param firstClosure how long the gate stays closed at first; doubles with each closure in a row
   */
  public GateKeeper(GateStore store, Duration firstClosure, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.firstClosure = firstClosure;
    this.clock = clock;
    this.metrics = metrics;
  }

  private record Answer(boolean closed, Instant until) {}

  /** Whether a dispatch may POST. */
  public sealed interface Admission {
    /** The gate is open. */
    record Open() implements Admission {}

    /** The gate is closed, and this one finds out whether it can be opened. */
    record Probe(Gate gate) implements Admission {}

    /** The gate is closed. */
    record Closed(Reason reason, Instant retryAt) implements Admission {}
  }

  /** Asks for a POST. At the end of a closure one asker only becomes the probe. */
  public Admission ask() {
    Instant now = clock.instant();
    Optional<Gate> found = store.load();
    if (found.isEmpty()) {
      return new Admission.Open();
    }
    Gate gate = found.get();
    if (gate.isClosed(now)) {
      return closed(gate, now);
    }
    return store.save(gate, gate.probed(now))
        ? new Admission.Probe(gate.probed(now).ofVersion(gate.version() + 1))
        : closed(gate, now);
  }

  private Admission closed(Gate gate, Instant now) {
    return new Admission.Closed(gate.reason(), gate.askAgainAt(firstClosure, now));
  }

  /**
   * Whether clients are to be told that the wallet is empty. The answer may be {@value
   * #BALANCE_ANSWER_KEPT_SECONDS} s old, so that a burst of submits reads the gate once.
   */
  public boolean isClosedForBalance() {
    Instant now = clock.instant();
    Answer answer = balanceAnswer;
    if (answer == null || !now.isBefore(answer.until())) {
      boolean closed =
          store
              .load()
              .filter(gate -> gate.reason() == Reason.INSUFFICIENT_BALANCE)
              .filter(gate -> gate.isClosed(now))
              .isPresent();
      answer = new Answer(closed, now.plusSeconds(BALANCE_ANSWER_KEPT_SECONDS));
      balanceAnswer = answer;
    }
    return answer.closed();
  }

  /** Tells what came of an admitted POST. */
  public void learn(Admission admission, SubmitOutcome outcome) {
    switch (outcome) {
      case SubmitOutcome.TryLater(var refusal, String _, Duration retryAfter) ->
          Reason.of(refusal)
              .ifPresentOrElse(
                  reason -> close(admission, reason, retryAfter).ifPresent(this::count),
                  () -> stayClosedAfter(admission));
      case SubmitOutcome.Accepted _, SubmitOutcome.Refused _ -> openAfter(admission);
      case SubmitOutcome.Unknown _ -> stayClosedAfter(admission);
    }
  }

  /** Tells that an admitted POST was not made after all: another one may be the probe at once. */
  public void giveBack(Admission admission) {
    if (admission instanceof Admission.Probe(Gate gate)) {
      store.save(gate, gate.unprobed(clock.instant()));
    }
  }

  private Optional<Gate> close(Admission admission, Reason reason, @Nullable Duration retryAfter) {
    boolean byProbe = admission instanceof Admission.Probe;
    Gate before = byProbe ? ((Admission.Probe) admission).gate() : store.load().orElse(null);
    Optional<Gate> closed =
        Gate.closed(before, reason, retryAfter, firstClosure, byProbe, clock.instant())
            .filter(gate -> store.save(before, gate));
    closed.ifPresent(
        gate -> log.warn("The gate is closed until {}: {}", gate.until(), gate.reason()));
    return closed;
  }

  private void count(Gate closed) {
    switch (closed.reason()) {
      case INSUFFICIENT_BALANCE -> metrics.count(Metric.UPSTREAM_WALLET_EMPTY);
      case UNAUTHORIZED -> metrics.count(Metric.UPSTREAM_KEY_REFUSED);
      case THROTTLED -> metrics.count(Metric.UPSTREAM_THROTTLED);
      case PAUSED, RESTORING -> {} // Nobody closes it for these but operators.
    }
  }

  private void openAfter(Admission admission) {
    if (admission instanceof Admission.Probe(Gate gate) && store.open(gate)) {
      log.info("The gate is open again: Pixal3D answered the probe");
    }
  }

  /** A probe without a clear answer tells nothing: the reason for closing may still hold. */
  private void stayClosedAfter(Admission admission) {
    if (admission instanceof Admission.Probe(Gate gate)) {
      var _ = close(admission, gate.reason(), Duration.ZERO);
    }
  }
}
