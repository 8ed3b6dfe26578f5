package dev.pixal3d.jobs.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.endpoint.EndpointKeeper;
import dev.pixal3d.jobs.core.endpoint.EndpointKeeper.Admission;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookId;
import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import dev.pixal3d.jobs.core.webhook.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client about its job: claims the attempt first, so that it is made once. */
public final class DeliverWebhook {
  private static final Logger log = LoggerFactory.getLogger(DeliverWebhook.class);

  /** The sender gives up after 15 s; the rest is for the way there and back. */
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(17);

  private static final Duration CLAIM_GOOD_FOR = Lifecycle.DELIVERY_LEASE.minus(LONGEST_ATTEMPT);

  private static final Duration PAUSE_WITHOUT_SECRET = Duration.ofHours(1);

  private final JobStore store;
  private final ClientStore clients;
  private final Transitions transitions;
  private final EndpointKeeper endpoints;
  private final WebhookSender sender;
  private final InstantSource clock;

  public DeliverWebhook(
      JobStore store,
      ClientStore clients,
      Transitions transitions,
      EndpointKeeper endpoints,
      WebhookSender sender,
      InstantSource clock) {
    this.store = store;
    this.clients = clients;
    this.transitions = transitions;
    this.endpoints = endpoints;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * Tells of the end.
   *
   * @param attempt the step that the message was meant for; a stale one does nothing
   */
  public void tellEnd(RequestId id, int attempt) {
    store
        .load(id)
        .filter(job -> job.isAt(WaitsFor.DELIVERY, attempt))
        .ifPresentOrElse(this::tellEnd, () -> log.debug("Stale notify {} of {}", attempt, id));
  }

  private void tellEnd(Job job) {
    List<String> secrets = secrets(job);
    if (secrets.isEmpty()) {
      // Nothing is sent that a client could not tell from a forgery.
      hold(job, clock.instant().plus(PAUSE_WITHOUT_SECRET), "the client has no usable secret");
      return;
    }
    Endpoint.Key key = Endpoint.Key.of(job.client(), url(job));
    switch (endpoints.ask(key)) {
      case Admission.Off(var until) -> hold(job, until, "the endpoint is switched off");
      case Admission.Open open ->
          claim(job, new Event.DeliveryBegan(job.attempt()))
              .ifPresent(claimed -> tellEnd(claimed, secrets, key, open));
    }
  }

  private void hold(Job job, Instant until, String why) {
    transitions.apply(job, new Event.DeliveryHeld(job.attempt(), until, why));
  }

  /**
   * Claims an attempt, if the whole of it fits into its lease: a sandbox may be frozen meanwhile.
   * One that is not made is taken for cut off, which costs nothing but time.
   */
  private Optional<Job> claim(Job job, Event began) {
    Instant begin = clock.instant();
    return transitions
        .apply(job, began)
        .filter(Decision::tells)
        .map(Decision::job)
        .filter(_ -> clock.instant().isBefore(begin.plus(CLAIM_GOOD_FOR)));
  }

  private void tellEnd(Job claimed, List<String> secrets, Endpoint.Key key, Admission.Open open) {
    Receipt receipt = send(claimed, WebhookId.ofEnd(claimed.id()), secrets);
    transitions.apply(
        claimed,
        new Event.DeliveryAttempted(
            claimed.attempt(), attempt(receipt), receipt.gone(), receipt.retryAfter()));
    if (!receipt.gone()) {
      endpoints.learn(key, open, receipt.delivered());
    }
  }

  /**
   * Tells of a report before the end, once and at best.
   *
   * @param report counts the reports; one that was told already does nothing
   */
  public void tellProgress(RequestId id, int report) {
    store.load(id).filter(job -> !job.hasEnded()).ifPresent(job -> tellProgress(job, report));
  }

  private void tellProgress(Job job, int report) {
    List<String> secrets = secrets(job);
    Endpoint.Key key = Endpoint.Key.of(job.client(), url(job));
    if (!secrets.isEmpty() && endpoints.ask(key) instanceof Admission.Open open) {
      claim(job, new Event.ProgressBegan(report))
          .ifPresent(claimed -> {
            Receipt receipt = send(claimed, WebhookId.ofReport(claimed.id(), report), secrets);
            endpoints.learn(key, open, receipt.delivered());
            transitions.apply(claimed, new Event.ProgressAttempted(report, attempt(receipt)));
          });
    }
  }

  private Receipt send(Job job, String webhookId, List<String> secrets) {
    Receipt receipt =
        sender.send(
            new WebhookSender.Message(
                url(job), webhookId, StatusBody.status(job).getBytes(UTF_8), secrets));
    log.info(
        "Told the client of {} ({}): HTTP {}, {}",
        job.id(),
        webhookId,
        receipt.httpStatus(),
        receipt.error() == null ? "delivered" : receipt.error());
    return receipt;
  }

  private List<String> secrets(Job job) {
    return clients
        .findByName(job.client())
        .map(client -> WebhookSignature.usable(client.webhookSecrets()))
        .orElseGet(List::of);
  }

  private static Delivery.Attempt attempt(Receipt receipt) {
    return new Delivery.Attempt(
        receipt.at(), receipt.httpStatus(), receipt.error(), receipt.duration());
  }

  private static URI url(Job job) {
    URI url = job.order().webhookUrl();
    if (url == null) {
      throw new IllegalStateException(job.id() + " has no webhook.");
    }
    return url;
  }
}
