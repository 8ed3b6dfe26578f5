package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.CALLBACKS;
import static dev.pixal3d.simulator.SimulatorSettings.CALLBACK_DELAY_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.CALLBACK_LOSS_FRACTION;
import static dev.pixal3d.simulator.SimulatorSettings.CALLBACK_RETRY_SECONDS;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the POSTs to the webhooks (Pixal3D page, "Delivery semantics"). */
final class Callbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final JobStore store;
  private final LiveSettings settings;
  private final MediaUrls mediaUrls;
  private final Statistics statistics;

  Callbacks(JobStore store, LiveSettings settings, MediaUrls mediaUrls, Statistics statistics) {
    this.store = store;
    this.settings = settings;
    this.mediaUrls = mediaUrls;
    this.statistics = statistics;
  }

  /** One report on the way. It is not repeated: the next one takes its place. */
  void progress(Job job) throws InterruptedException {
    if (isLost()) {
      return;
    }
    switch (settings.get(CALLBACKS)) {
      case OK, LATE, OUT_OF_ORDER, LOST -> post(job);
      case DOUBLED -> {
        post(job);
        post(job);
      }
    }
  }

  /** The report of the end, repeated if it is not taken. After this none is owed any more. */
  void terminal(Job job) throws InterruptedException {
    if (!isLost()) {
      switch (settings.get(CALLBACKS)) {
        case OK, LOST -> deliver(job);
        case DOUBLED -> {
          deliver(job);
          deliver(job);
        }
        case LATE -> {
          Thread.sleep(settings.duration(CALLBACK_DELAY_SECONDS));
          deliver(job);
        }
        case OUT_OF_ORDER -> {
          deliver(job);
          post(job.processing(job.updatedAt()));
        }
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("Closing may have spoilt the last attempt");
    }
    store.update(job.requestId(), Job::withCallbackSettled);
  }

  private boolean isLost() {
    boolean lost =
        settings.get(CALLBACKS) == CallbackBehaviour.LOST
            || settings.happens(CALLBACK_LOSS_FRACTION);
    if (lost) {
      statistics.callbacksLost.incrementAndGet();
    }
    return lost;
  }

  private void deliver(Job job) throws InterruptedException {
    Duration pause = settings.duration(CALLBACK_RETRY_SECONDS);
    for (int attempt = 1; !post(job) && attempt < ATTEMPTS; attempt++) {
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  /** Whether it was answered 2xx. */
  private boolean post(Job job) throws InterruptedException {
    Webhook webhook = job.webhook();
    if (webhook == null) {
      return true;
    }
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(Pixal3dSimulator.HEADER, Pixal3dSimulator.HEADER_VALUE)
            .POST(
                BodyPublishers.ofByteArray(
                    Json.bytes(StatusReport.of(job, mediaUrls.inCallbacks()))))
            .build();
    store.update(job.requestId(), Job::withCallbackSent);
    String outcome;
    boolean taken = false;
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      taken = status >= 200 && status <= 299;
      outcome = "answered " + status;
    } catch (IOException e) {
      outcome = "not answered: " + e;
    }
    AtomicLong counter = taken ? statistics.callbacksDelivered : statistics.callbacksFailed;
    counter.incrementAndGet();
    LOG.info("Pixal3D simulator: {} callback {} {}", job.requestId(), job.status(), outcome);
    return taken;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
