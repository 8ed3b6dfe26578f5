package dev.pixal3d.jobs.simulation.aws;

import dev.pixal3d.jobs.simulation.world.Agenda;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table's items in memory, and its two indexes, which may lag. */
public final class SimulatedTable {
  private static final String KEY = "request_id";
  private static final long LONGEST_LAG_MILLIS = 300_000;

  /** "Usually within one second or less" (DynamoDB developer guide, "Read consistency"). */
  private static final long LONGEST_STALENESS_MILLIS = 2_000;

  private final Agenda agenda;
  private final Faults faults;
  private final NavigableMap<String, Map<String, AttributeValue>> items = new TreeMap<>();
  private final Map<String, Map<String, AttributeValue>> previous = new HashMap<>();
  private final Map<String, Long> writtenAt = new HashMap<>();
  private final NavigableMap<IndexKey, String> due = new TreeMap<>();
  private final NavigableMap<String, NavigableSet<String>> byClient = new TreeMap<>();
  private final Map<String, IndexKey> dueKeys = new HashMap<>();
  private final Map<String, Long> indexedAt = new HashMap<>();
  private final List<WriteListener> listeners = new ArrayList<>();

  public SimulatedTable(Agenda agenda, Faults faults) {
    this.agenda = agenda;
    this.faults = faults;
  }

  /** Told of each write. */
  public interface WriteListener {
    /**
     * An item was written.
     *
     * @param by who wrote it; null for what was there from the beginning
     * @param before empty if there was none
     * @param after empty if it was deleted
     */
    void written(
        @Nullable Invocation by,
        String key,
        Map<String, AttributeValue> before,
        Map<String, AttributeValue> after);
  }

  /** Where a job stands in the due index. */
  record IndexKey(long shard, long dueAt, String id) implements Comparable<IndexKey> {
    @Override
    public int compareTo(IndexKey other) {
      int byShard = Long.compare(shard, other.shard);
      int byTime = byShard != 0 ? byShard : Long.compare(dueAt, other.dueAt);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  public void onWrite(WriteListener listener) {
    listeners.add(listener);
  }

  /** The item as it is; empty if there is none. */
  public Map<String, AttributeValue> get(String key) {
    return items.getOrDefault(key, Map.of());
  }

  /** The item as a read may show it that need not be consistent. */
  Map<String, AttributeValue> getMaybeStale(String key) {
    return agenda.now() - writtenAt.getOrDefault(key, 0L) < LONGEST_STALENESS_MILLIS
            && faults.strikes(Fault.STALE_READ)
        ? previous.getOrDefault(key, Map.of())
        : get(key);
  }

  /** All items of jobs. */
  public Map<String, Map<String, AttributeValue>> jobs() {
    return items.subMap("pixal3d_", "pixal3d`");
  }

  /** Puts an item in the place of what was there; an empty one deletes. */
  public void write(@Nullable Invocation by, String key, Map<String, AttributeValue> after) {
    Map<String, AttributeValue> before = get(key);
    if (after.isEmpty()) {
      items.remove(key);
    } else {
      items.put(key, Map.copyOf(after));
    }
    previous.put(key, before);
    writtenAt.put(key, agenda.now());
    listeners.forEach(listener -> listener.written(by, key, before, after));
    if (after.containsKey("status") || before.containsKey("status")) {
      index(key, after);
    }
  }

  /** Writes to one item reach the indexes in their order. */
  private void index(String key, Map<String, AttributeValue> item) {
    long lag =
        faults.strikes(Fault.INDEX_LAG) ? faults.lasts(Fault.INDEX_LAG, LONGEST_LAG_MILLIS) : 0;
    long at = Math.max(agenda.now() + lag, indexedAt.getOrDefault(key, 0L));
    indexedAt.put(key, at);
    if (at == agenda.now()) {
      indexNow(key, item);
    } else {
      agenda.at(at, () -> indexNow(key, item));
    }
  }

  private void indexNow(String key, Map<String, AttributeValue> item) {
    IndexKey old = dueKeys.remove(key);
    if (old != null) {
      due.remove(old);
    }
    if (item.containsKey("due_at") && item.containsKey("due_shard")) {
      var indexKey = new IndexKey(number(item, "due_shard"), number(item, "due_at"), key);
      dueKeys.put(key, indexKey);
      due.put(indexKey, key);
      whenDue.accept(indexKey.dueAt(), key);
    }
    if (item.containsKey("client")) {
      byClient.computeIfAbsent(item.get("client").s(), _ -> new TreeSet<>()).add(key);
    }
  }

  private BiConsumer<Long, String> whenDue = (_, _) -> {};

  /** Tells of each job that the due index comes to hold, and when it is due. */
  public void onDue(BiConsumer<Long, String> listener) {
    whenDue = listener;
  }

  /** When the first job of the due index is due; null if it is empty. */
  public @Nullable Long earliestDue() {
    return due.keySet().stream().map(IndexKey::dueAt).min(Long::compare).orElse(null);
  }

  /** The jobs of a shard that are due, after one of them. */
  List<IndexKey> due(long shard, long until, @Nullable IndexKey after) {
    var from = after == null ? new IndexKey(shard, Long.MIN_VALUE, "") : after;
    return List.copyOf(
        due.subMap(from, false, new IndexKey(shard, until, "\uFFFF"), true).keySet());
  }

  /** The keys of a client's jobs, newest first. */
  NavigableSet<String> ofClient(String client) {
    return byClient.getOrDefault(client, new TreeSet<>()).descendingSet();
  }

  static long number(Map<String, AttributeValue> item, String attribute) {
    return Long.parseLong(Objects.requireNonNull(item.get(attribute)).n());
  }

  static String keyOf(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get(KEY)).s();
  }
}
