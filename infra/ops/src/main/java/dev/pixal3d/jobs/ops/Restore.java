package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Makes a restored table fit to be dispatched from. The restored table is read whole (Scan): its
 * index of due jobs could lag.
 */
final class Restore {
  /** The clocks of functions and of DynamoDB differ; what is marked in vain is only not paid. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final int MAX_RACES = 20;
  private static final String VERSION = "version";

  private final Target target;
  private final Printer printer;
  private final Instant restoredTo;

  private int marked;
  private int healed;
  private int caughtUp;
  private int copiedJobs;
  private int copiedKeys;
  private int copiedClients;
  private int changedClients;

  Restore(Target target, Printer printer, Instant restoredTo) {
    this.target = target;
    this.printer = printer;
    this.restoredTo = restoredTo;
  }

  /** What was done. */
  record Summary(
      int marked,
      int healed,
      int caughtUp,
      int copiedJobs,
      int copiedKeys,
      int copiedClients,
      int changedClients) {}

  Summary prepare(@Nullable String oldTable, Duration settle) {
    requireNotDispatching();
    GateSwitch gate = new GateSwitch(target.gate());
    Instant begin = target.clock().instant();
    gate.beginRestoring("to " + Times.timestamp(restoredTo), begin);
    printer.progress("Dispatch is closed in %s.".formatted(target.table()));
    markUnknown();
    if (oldTable != null) {
      close(oldTable, settle);
      catchUpWith(oldTable);
      copy(oldTable);
    }
    gate.endRestoring("restored to " + Times.timestamp(restoredTo), target.clock().instant());
    return new Summary(
        marked, healed, caughtUp, copiedJobs, copiedKeys, copiedClients, changedClients);
  }

  /** On the table that is in use every waiting job would be given up. */
  private void requireNotDispatching() {
    boolean closed = target.gate().load().filter(Gate::isClosedByHand).isPresent();
    if (target.table().equals(target.tableInUse()) && !closed) {
      throw OpsException.refused(
          "%s is the table in use, and dispatch is not paused: all waiting jobs would be given up. --table takes the restored one."
              .formatted(target.table()));
    }
  }

  private void markUnknown() {
    Transitions transitions = target.silentTransitions();
    JobStore jobs = target.jobs();
    Event restored = new Event.Restored(restoredTo.plus(CLOCK_SKEW));
    waitingToBePaid()
        .flatMap(id -> jobs.load(id).stream())
        .forEach(job -> {
          Job after = after(transitions, job, restored);
          if (after.attempt() != job.attempt()) {
            marked++;
            progress(marked, "jobs marked");
          }
        });
  }

  private Stream<RequestId> waitingToBePaid() {
    return scan(
            target.table(),
            "waits_for IN (:dispatch, :answer)",
            Map.of(
                ":dispatch", AttributeValue.fromS("DISPATCH"),
                ":answer", AttributeValue.fromS("ANSWER")))
        .map(item -> new RequestId(text(item, "request_id")));
  }

  /** For good: `dispatch resume` does not open it, for what it paid would be paid here again. */
  private void close(String oldTable, Duration settle) {
    GateSwitch gate = new GateSwitch(target.gate(oldTable));
    Instant closedAt =
        gate.look()
            .filter(Gate::isClosedByHand)
            .map(Gate::closedAt)
            .orElseGet(() -> target.clock().instant());
    gate.beginRestoring("its jobs are taken over by " + target.table(), closedAt);
    Instant settled = closedAt.plus(settle);
    printer.progress(
        "Dispatch is closed in %s; submits that are under way have time until %s."
            .formatted(oldTable, Times.timestamp(settled)));
    try {
      Thread.sleep(Math.max(0, Duration.between(target.clock().instant(), settled).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OpsException.didNotWork("Interrupted", e);
    }
  }

  /** Jobs may have gone on in the old table since they were brought back, or taken over. */
  private void catchUpWith(String oldTable) {
    JobStore oldJobs = target.jobs(oldTable);
    waitingToBePaid().forEach(id -> oldJobs.load(id).ifPresent(there -> catchUp(oldTable, there)));
  }

  private void catchUp(String oldTable, Job there) {
    for (int races = 0; races < MAX_RACES; races++) {
      Optional<Job> found = target.jobs().load(there.id());
      if (found.isEmpty()) {
        return;
      }
      Job here = found.get();
      if (!isFurther(there, here)) {
        heal(here, there.upstreamId());
        return;
      }
      if (replace(here, oldTable)) {
        progress(++caughtUp, "jobs caught up");
        return;
      }
    }
    throw OpsException.refused(
        "%s is changed again and again by someone else; run this again.".formatted(there.id()));
  }

  /**
   * Whether the old table's record of a job is to take the place of the restored table's. Not if
   * the job was submitted from the restored table: then there is more to know of it here.
   */
  private static boolean isFurther(Job there, Job here) {
    boolean notSubmittedHere =
        here.waitsFor() == WaitsFor.DISPATCH
            || (here.waitsFor() == WaitsFor.ANSWER && here.resubmitted());
    boolean mayHaveBeenPaid =
        there.waitsFor() == WaitsFor.ANSWER || (there.resubmitted() && !here.resubmitted());
    return notSubmittedHere
        && (there.hasEnded() || (here.waitsFor() == WaitsFor.DISPATCH && mayHaveBeenPaid));
  }

  /** Pixal3D's own id tells what became of a job; it is asked for by that. */
  private void heal(Job here, @Nullable String upstreamId) {
    if (upstreamId == null) {
      return;
    }
    after(target.silentTransitions(), here, new Event.UpstreamAccepted(upstreamId));
    progress(++healed, "jobs known again");
  }

  private boolean replace(Job here, String oldTable) {
    Map<String, AttributeValue> there = read(oldTable, here.id().value());
    long version = Math.max(here.version(), Long.parseLong(attribute(there, VERSION).n()));
    var item = new HashMap<>(there);
    item.put(VERSION, AttributeValue.fromN(Long.toString(version + 1)));
    return put(
            item,
            "version = :read",
            Map.of(":read", AttributeValue.fromN(Long.toString(here.version()))))
        // The SDK repeats a write whose answer it missed.
        || read(target.table(), here.id().value()).equals(item);
  }

  private Map<String, AttributeValue> read(String table, String key) {
    return target
        .dynamoDb()
        .getItem(get ->
            get.tableName(table)
                .key(Map.of("request_id", AttributeValue.fromS(key)))
                .consistentRead(true))
        .item();
  }

  /** Jobs before the keys that name them: a key without its job could not be answered. */
  private void copy(String oldTable) {
    Instant since = restoredTo.minus(CLOCK_SKEW);
    scan(
            oldTable,
            "attribute_exists(waits_for) AND created_at >= :since",
            Map.of(":since", millis(since)))
        .filter(this::putNew)
        .forEach(_ -> progress(++copiedJobs, "jobs taken over"));
    scan(
            oldTable,
            "begins_with(request_id, :prefix) AND valid_until >= :until",
            Map.of(
                ":prefix", AttributeValue.fromS("idempotency#"),
                ":until", millis(since.plus(IdempotencyRecord.VALIDITY))))
        .filter(this::putLaterKey)
        .forEach(_ -> progress(++copiedKeys, "Idempotency-Keys taken over"));
    scan(
            oldTable,
            "begins_with(request_id, :client) OR begins_with(request_id, :key)",
            Map.of(
                ":client", AttributeValue.fromS("client#"),
                ":key", AttributeValue.fromS("key#")))
        .forEach(item -> {
          if (putNew(item)) {
            copiedClients++;
          } else {
            takeOverChanges(item);
          }
        });
  }

  /** What was taken away from a client or a key stays so; nothing is given back. */
  private void takeOverChanges(Map<String, AttributeValue> there) {
    Map<String, AttributeValue> key = Map.of("request_id", attribute(there, "request_id"));
    Map<String, AttributeValue> here = read(target.table(), text(there, "request_id"));
    var changes = new HashMap<String, AttributeValue>();
    if (Boolean.FALSE.equals(bool(there, "enabled"))) {
      changes.put("enabled", attribute(there, "enabled"));
    }
    if (there.containsKey("disabled_at") && isEarlier(there, here, "disabled_at")) {
      changes.put("disabled_at", attribute(there, "disabled_at"));
    }
    if (there.containsKey("forgotten_at")) {
      changes.put("forgotten_at", attribute(there, "forgotten_at"));
    }
    // Once it is in use its own secrets may be newer.
    boolean inUse = target.table().equals(target.tableInUse());
    if (there.containsKey("webhook_secrets") && (!inUse || there.containsKey("forgotten_at"))) {
      changes.put("webhook_secrets", attribute(there, "webhook_secrets"));
    }
    changes.entrySet().removeIf(change -> change.getValue().equals(here.get(change.getKey())));
    if (changes.isEmpty()) {
      return;
    }
    target
        .dynamoDb()
        .updateItem(update ->
            update
                .tableName(target.table())
                .key(key)
                .attributeUpdates(
                    changes.entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey,
                                change ->
                                    AttributeValueUpdate.builder()
                                        .action(AttributeAction.PUT)
                                        .value(change.getValue())
                                        .build()))));
    changedClients++;
  }

  private static @Nullable Boolean bool(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.bool();
  }

  private static boolean isEarlier(
      Map<String, AttributeValue> there, Map<String, AttributeValue> here, String name) {
    return !here.containsKey(name)
        || Long.parseLong(attribute(there, name).n()) < Long.parseLong(attribute(here, name).n());
  }

  private boolean putNew(Map<String, AttributeValue> item) {
    return put(item, "attribute_not_exists(request_id)", null);
  }

  /** A key whose day was over may have been used anew since. */
  private boolean putLaterKey(Map<String, AttributeValue> item) {
    return put(
        item,
        "attribute_not_exists(request_id) OR valid_until < :until",
        Map.of(":until", attribute(item, "valid_until")));
  }

  private boolean put(
      Map<String, AttributeValue> item,
      String condition,
      @Nullable Map<String, AttributeValue> values) {
    try {
      target
          .dynamoDb()
          .putItem(put ->
              put.tableName(target.table())
                  .item(item)
                  .conditionExpression(condition)
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private Stream<Map<String, AttributeValue>> scan(
      String table, String filter, Map<String, AttributeValue> values) {
    return target
        .dynamoDb()
        .scanPaginator(scan ->
            scan.tableName(table)
                .consistentRead(true)
                .filterExpression(filter)
                .expressionAttributeValues(values))
        .items()
        .stream();
  }

  private static Job after(Transitions transitions, Job job, Event event) {
    return transitions.save(job, event).map(decision -> decision.job()).orElse(job);
  }

  private void progress(int count, String what) {
    if (count % 1_000 == 0) {
      printer.progress(count + " " + what + "...");
    }
  }

  private static AttributeValue millis(Instant instant) {
    return AttributeValue.fromN(Long.toString(instant.toEpochMilli()));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return attribute(item, name).s();
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw OpsException.refused("An item of %s has no %s.".formatted(item.keySet(), name));
    }
    return value;
  }
}
