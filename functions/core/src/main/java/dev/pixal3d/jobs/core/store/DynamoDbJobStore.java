package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.Table.attribute;
import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Jobs and Idempotency-Keys in the DynamoDB table.
 *
 * <p>The SDK repeats a write whose answer it missed, and the repeat of a conditional write that won
 * fails on its own result. Each write therefore carries a random {@code write_id}: a condition that
 * fails on an item with just that id was one's own.
 */
public final class DynamoDbJobStore implements JobStore {
  private static final String WRITE_ID = "write_id";
  private static final String DUE_INDEX = "due";
  private static final String CLIENT_INDEX = "by_client";
  private static final int TRANSACTION_TRIES = 5;

  private final Table table;
  private final int dueShards;
  private final RandomGenerator random;

  /**
   * @param dueShards over how many shards of the due index new jobs are spread, from 1
   * @param random where write ids come from
   */
  public DynamoDbJobStore(
      DynamoDbClient dynamoDb, String tableName, int dueShards, RandomGenerator random) {
    this.table = new Table(dynamoDb, tableName);
    this.dueShards = dueShards;
    this.random = random;
  }

  /** The job that an item of the table holds. */
  public static Job read(Map<String, AttributeValue> item) {
    return JobItem.read(item);
  }

  @Override
  public Optional<Job> load(RequestId id) {
    return table.get(id.value(), true).map(JobItem::read);
  }

  @Override
  public void create(Job job) {
    Map<String, AttributeValue> item = newItem(job);
    try {
      table
          .client()
          .putItem(put ->
              put.tableName(table.name())
                  .item(item)
                  .conditionExpression("attribute_not_exists(request_id)")
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
    } catch (ConditionalCheckFailedException e) {
      if (!isOwnWrite(item, e.item())) {
        throw new StoreException("There is a job " + job.id() + " already.", e);
      }
    } catch (SdkException e) {
      requireSavedAllTheSame(job.id(), item, e);
    }
  }

  @Override
  public Optional<IdempotencyRecord> createOnce(Job job, IdempotencyRecord record, Instant now) {
    Map<String, AttributeValue> item = newItem(job);
    for (int tries = 1; true; tries++) {
      try {
        putBoth(item, IdempotencyItem.of(record), now);
        return Optional.empty();
      } catch (TransactionCanceledException e) {
        CancellationReason ofRecord = e.cancellationReasons().get(1);
        if (ofRecord.hasItem()) {
          IdempotencyRecord there = IdempotencyItem.read(record, ofRecord.item());
          boolean own = there.requestId().equals(job.id());
          return own ? Optional.empty() : Optional.of(there);
        }
        boolean conflict = "TransactionConflict".equals(ofRecord.code());
        if (!conflict || tries == TRANSACTION_TRIES) {
          throw new StoreException("Saving " + job.id() + " failed: " + e.getMessage(), e);
        }
      } catch (SdkException e) {
        requireSavedAllTheSame(job.id(), item, e);
        return Optional.empty();
      }
    }
  }

  private void putBoth(
      Map<String, AttributeValue> job, Map<String, AttributeValue> record, Instant now) {
    TransactWriteItem putJob =
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(job)
                    .conditionExpression("attribute_not_exists(request_id)"))
            .build();
    TransactWriteItem putRecord =
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(record)
                    .conditionExpression("attribute_not_exists(request_id) OR valid_until <= :now")
                    .expressionAttributeValues(Map.of(":now", number(now.toEpochMilli())))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build();
    table.client().transactWriteItems(write -> write.transactItems(putJob, putRecord));
  }

  @Override
  public Optional<IdempotencyRecord> findIdempotencyRecord(String client, String key, Instant now) {
    return table
        .get(IdempotencyItem.keyOf(client, key), true)
        .map(item -> IdempotencyItem.read(client, key, item))
        .filter(record -> now.isBefore(record.validUntil()));
  }

  @Override
  public Saved save(Job before, Job after) {
    Map<String, AttributeValue> from = JobItem.of(before);
    Map<String, AttributeValue> to = JobItem.of(after);
    to.put(Table.VERSION, number(before.version() + 1));
    to.put(WRITE_ID, text(newWriteId()));
    var found = table.update(before.id().value(), before.version(), from, to);
    if (found.isEmpty()) {
      return new Saved.Won(JobItem.read(to));
    }
    Map<String, AttributeValue> current = found.get();
    if (current.isEmpty()) {
      return new Saved.Gone();
    }
    return isOwnWrite(to, current)
        ? new Saved.Won(JobItem.read(current))
        : new Saved.Lost(JobItem.read(current));
  }

  @Override
  public DuePage findDue(int shard, Instant until, @Nullable DueJob after, int limit) {
    try {
      var page =
          table
              .client()
              .query(query ->
                  query
                      .tableName(table.name())
                      .indexName(DUE_INDEX)
                      .keyConditionExpression("due_shard = :shard AND due_at <= :until")
                      .expressionAttributeValues(
                          Map.of(":shard", number(shard), ":until", number(until.toEpochMilli())))
                      .exclusiveStartKey(after == null ? null : startKey(shard, after))
                      .limit(limit));
      var jobs = new ArrayList<DueJob>();
      page.items().forEach(item -> jobs.add(dueJob(item)));
      return new DuePage(jobs, hasMore(page) ? dueJob(page.lastEvaluatedKey()) : null);
    } catch (SdkException e) {
      throw new StoreException("Reading due shard " + shard + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public JobPage findByClient(String client, @Nullable RequestId before, int limit) {
    try {
      var page =
          table
              .client()
              .query(query ->
                  query
                      .tableName(table.name())
                      .indexName(CLIENT_INDEX)
                      .keyConditionExpression("client = :client")
                      .expressionAttributeValues(Map.of(":client", text(client)))
                      .exclusiveStartKey(
                          before == null
                              ? null
                              : Map.of(
                                  Table.KEY, text(before.value()), JobItem.CLIENT, text(client)))
                      .scanIndexForward(false)
                      .limit(limit));
      List<String> ids = page.items().stream().map(item -> attribute(item, Table.KEY).s()).toList();
      Map<String, Map<String, AttributeValue>> items = table.getAll(ids);
      // The index may name a job that is gone already.
      List<Job> jobs =
          ids.stream().map(items::get).filter(Objects::nonNull).map(JobItem::read).toList();
      return new JobPage(jobs, hasMore(page) ? new RequestId(ids.getLast()) : null);
    } catch (SdkException e) {
      throw new StoreException("Listing jobs failed: " + e.getMessage(), e);
    }
  }

  private static boolean hasMore(QueryResponse page) {
    return page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty();
  }

  private static DueJob dueJob(Map<String, AttributeValue> item) {
    return new DueJob(
        new RequestId(attribute(item, Table.KEY).s()),
        Instant.ofEpochMilli(Long.parseLong(attribute(item, JobItem.DUE_AT).n())));
  }

  private static Map<String, AttributeValue> startKey(int shard, DueJob after) {
    return Map.of(
        Table.KEY, text(after.id().value()),
        JobItem.DUE_SHARD, number(shard),
        JobItem.DUE_AT, number(after.dueAt().toEpochMilli()));
  }

  private Map<String, AttributeValue> newItem(Job job) {
    Map<String, AttributeValue> item = JobItem.of(job);
    item.put(JobItem.DUE_SHARD, number(Math.floorMod(job.id().hashCode(), dueShards)));
    item.put(WRITE_ID, text(newWriteId()));
    return item;
  }

  /** An answer that was missed says nothing: the job is read back. */
  private void requireSavedAllTheSame(
      RequestId id, Map<String, AttributeValue> item, SdkException cause) {
    Optional<Map<String, AttributeValue>> found;
    try {
      found = table.get(id.value(), true);
    } catch (StoreException e) {
      e.addSuppressed(cause);
      throw e;
    }
    if (found.isEmpty() || !isOwnWrite(item, found.get())) {
      throw new StoreException("Saving " + id + " failed: " + cause.getMessage(), cause);
    }
  }

  private static boolean isOwnWrite(
      Map<String, AttributeValue> written, Map<String, AttributeValue> found) {
    return attribute(written, WRITE_ID).equals(found.get(WRITE_ID));
  }

  private String newWriteId() {
    var bytes = new byte[9];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** An Idempotency-Key as an item; its key is a hash, for the client's may hold anything. */
  private static final class IdempotencyItem {
    private IdempotencyItem() {}

    static String keyOf(String client, String key) {
      return "idempotency#" + Sha256.hex(client + "\n" + key);
    }

    static Map<String, AttributeValue> of(IdempotencyRecord record) {
      var item = new HashMap<String, AttributeValue>();
      item.put(Table.KEY, text(keyOf(record.client(), record.key())));
      item.put(Table.SCHEMA, number(1));
      item.put("fingerprint", text(record.fingerprint()));
      item.put("job", text(record.requestId().value()));
      item.put("valid_until", number(record.validUntil().toEpochMilli()));
      item.put(JobItem.EXPIRES_AT, number(record.validUntil().getEpochSecond()));
      return item;
    }

    static IdempotencyRecord read(IdempotencyRecord asked, Map<String, AttributeValue> item) {
      return read(asked.client(), asked.key(), item);
    }

    static IdempotencyRecord read(String client, String key, Map<String, AttributeValue> item) {
      return new IdempotencyRecord(
          client,
          key,
          attribute(item, "fingerprint").s(),
          new RequestId(attribute(item, "job").s()),
          Instant.ofEpochMilli(Long.parseLong(attribute(item, "valid_until").n())));
    }
  }
}
