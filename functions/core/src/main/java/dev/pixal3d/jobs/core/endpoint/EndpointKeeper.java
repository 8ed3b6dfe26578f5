package dev.pixal3d.jobs.core.endpoint;

import dev.pixal3d.jobs.core.telemetry.Metric;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches off an endpoint that has only failed for five days, and on again once a probe succeeds.
 * What is owed to it meanwhile is kept.
 */
public final class EndpointKeeper {
  private static final Logger log = LoggerFactory.getLogger(EndpointKeeper.class);

  /** Standard Webhooks 1.0, "Disabling endpoints": after failing for days, at least five. */
  static final Duration SWITCHED_OFF_AFTER = Duration.ofDays(5);

  /** One attempt in this time finds out whether it works again. */
  static final Duration PROBE_PAUSE = Duration.ofHours(1);

  private final EndpointStore store;
  private final InstantSource clock;
  private final Metrics metrics;

  public EndpointKeeper(EndpointStore store, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Whether an attempt may be made. */
  public sealed interface Admission {
    /**
     * It may.
     *
     * @param failing what is known of the endpoint; null if it does not fail
     */
    record Open(@Nullable Endpoint failing) implements Admission {}

    /** The endpoint is switched off until then. */
    record Off(Instant until) implements Admission {}
  }

  /** Asks for an attempt. While an endpoint is off, one asker an hour only becomes the probe. */
  public Admission ask(Endpoint.Key key) {
    Instant now = clock.instant();
    Optional<Endpoint> found = store.load(key);
    if (found.isEmpty() || !found.get().isOff()) {
      return new Admission.Open(found.orElse(null));
    }
    Endpoint endpoint = found.get();
    Instant probeAt = endpoint.probeAt();
    if (probeAt != null && now.isBefore(probeAt)) {
      return new Admission.Off(probeAt);
    }
    Endpoint probed = endpoint.offUntil(now.plus(PROBE_PAUSE));
    if (store.save(endpoint, probed)) {
      return new Admission.Open(probed.ofVersion(endpoint.version() + 1));
    }
    return store
        .load(key)
        .<Admission>map(_ -> new Admission.Off(now.plus(PROBE_PAUSE)))
        .orElseGet(() -> new Admission.Open(null)); // Another probe has found that it works.
  }

  /** Learns from an attempt; from a lost race there is nothing to learn. */
  public void learn(Endpoint.Key key, Admission.Open admission, boolean worked) {
    Instant now = clock.instant();
    Endpoint failing = admission.failing();
    if (worked) {
      if (failing != null) {
        store.forget(key);
        log.info("Webhook endpoint {} of {} works again", key.server(), key.client());
      }
    } else if (failing == null) {
      store.save(null, new Endpoint(key, 1, now, null));
    } else if (!failing.isOff() && !now.isBefore(failing.failingSince().plus(SWITCHED_OFF_AFTER))) {
      if (store.save(failing, failing.offUntil(now.plus(PROBE_PAUSE)))) {
        metrics.count(Metric.WEBHOOK_ENDPOINTS_SWITCHED_OFF);
        log.error(
            "Webhook endpoint {} of {} is switched off: it has only failed since {}",
            key.server(),
            key.client(),
            failing.failingSince());
      }
    }
  }
}
