package dev.pixal3d.jobs.bench.cost;

import dev.pixal3d.jobs.bench.meter.Metered;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import dev.pixal3d.jobs.bench.meter.ReferenceJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lives of the reference job, each in sandboxes that have served the same client within the last
 * minute: so its API key is remembered, as it is where a million jobs a month come.
 */
final class Lives {
  private static final Map<String, String> WEBHOOK =
      Map.of("x-webhook-url", ReferenceJob.WEBHOOK_URL);
  private static final Map<String, String> WEBHOOK_OF_EACH_REPORT =
      Map.of("x-webhook-url", ReferenceJob.WEBHOOK_URL, "x-webhook-mode", "sync");

  /** After that nobody remembers a client. */
  private static final Duration PAUSE = Duration.ofMinutes(2);

  /** Longer than the gate's answer is remembered, shorter than a client is. */
  private static final Duration SINCE_LAST_JOB = Duration.ofSeconds(10);

  private final MeteredSystem system;
  private final ReferenceJob job;
  private final Duration atPixal3d;
  private final Duration syncReports;

  /** FIRST_POLL_SECONDS, and half a minute until the next sweep. */
  private static final Duration UNTIL_SWEPT = Duration.ofSeconds(180 + 30);

  Lives(MeteredSystem system, PriceList prices) {
    this.system = system;
    this.job = new ReferenceJob(system);
    this.atPixal3d = Duration.ofSeconds((long) prices.assumed("secondsAtPixal3d"));
    this.syncReports = Duration.ofSeconds((long) prices.assumed("syncReportSeconds"));
  }

  /** Mode terminal, no webhook; Pixal3D calls back. */
  Life healthy() {
    return lived(Map.of(), this::callBackAtTheEnd);
  }

  /** As {@link #healthy()}, the first one in a minute: its client's key is looked up. */
  Life firstInAMinute() {
    system.clock().advance(PAUSE);
    return metered(Map.of(), this::callBackAtTheEnd);
  }

  /** As {@link #healthy()}, and the submit carries an Idempotency-Key. */
  Life withIdempotencyKey() {
    return lived(Map.of("idempotency-key", "order-2026-11-23-000184-1"), this::callBackAtTheEnd);
  }

  /** Mode terminal; Pixal3D calls back and the client is told. */
  Life withWebhook() {
    return lived(WEBHOOK, this::callBackAtTheEnd);
  }

  /**
   * Mode terminal, no webhook; the callback is lost, so the sweep finds the job and Pixal3D is
   * asked. What the sweep costs when it finds nothing is not counted: it is made in any case.
   */
  Life withoutCallback() {
    var sweeps = new ArrayList<Metered>();
    Life life =
        lived(
            Map.of(),
            () -> {
              sweeps.addAll(take());
              system.pixal3d().complete();
              system.clock().advance(UNTIL_SWEPT);
              system.strike();
              system.workOffOne();
              sweeps.addAll(take().stream().filter(Lives::isSentBySweep).toList());
              system.workOff();
            });
    sweeps.addAll(life.metered());
    return new Life(sweeps, life.itemBytes());
  }

  private static boolean isSentBySweep(Metered metered) {
    return metered instanceof Metered.QueueRequest(String function, var _, var _)
        && function.equals("poller");
  }

  /** Mode sync: a report every 15 s, each told to the client. */
  Life inSyncMode() {
    return lived(WEBHOOK_OF_EACH_REPORT, this::reportUntilTheEnd);
  }

  /** One question of the client about a job that has ended. */
  Life statusRead() {
    String id = submitWarm(Map.of());
    system.workOff();
    callBackAtTheEnd();
    system.clock().advance(PAUSE);
    job.status(id);
    take();
    job.status(id);
    return new Life(take(), List.of());
  }

  /** A sweep that finds nothing. */
  List<Metered> idleSweep() {
    system.clock().advance(PAUSE);
    system.strike();
    system.workOff();
    return take();
  }

  private Life lived(Map<String, String> headers, Runnable atPixal3dAndAfter) {
    submitWarm(Map.of());
    system.workOff();
    callBackNow();
    system.workOff();
    take();
    system.clock().advance(SINCE_LAST_JOB);
    return metered(headers, atPixal3dAndAfter);
  }

  private String submitWarm(Map<String, String> headers) {
    system.clock().advance(PAUSE);
    return job.submit(headers);
  }

  private Life metered(Map<String, String> headers, Runnable atPixal3dAndAfter) {
    take();
    var itemBytes = new ArrayList<Integer>();
    system.meter().afterWrites(id -> itemBytes.add(ItemSize.of(item(id))));
    String id = job.submit(headers);
    system.workOff();
    atPixal3dAndAfter.run();
    system.meter().afterWrites(_ -> {});
    if (item(id).containsKey("due_at")) {
      throw new IllegalStateException("Something is still to happen to " + item(id));
    }
    return new Life(take(), itemBytes);
  }

  private void callBackAtTheEnd() {
    system.clock().advance(atPixal3d);
    callBackNow();
    system.workOff();
  }

  private void callBackNow() {
    system.pixal3d().complete();
    job.callBack();
  }

  private void reportUntilTheEnd() {
    Instant end = system.clock().instant().plus(atPixal3d);
    while (system.clock().instant().plus(syncReports).isBefore(end)) {
      system.workOffUntil(system.clock().instant().plus(syncReports));
      job.callBack();
      system.workOff();
    }
    system.workOffUntil(end);
    callBackNow();
    // The poll that was queued before the end still comes.
    system.workOffUntil(end.plus(PAUSE));
  }

  private List<Metered> take() {
    return system.meter().take();
  }

  private Map<String, AttributeValue> item(String id) {
    return system
        .table()
        .getItem(get ->
            get.tableName(system.tableName())
                .key(Map.of("request_id", AttributeValue.fromS(id)))
                .consistentRead(true))
        .item();
  }
}
