package dev.pixal3d.jobs.bench.sweep;

import dev.pixal3d.jobs.bench.Progress;
import dev.pixal3d.jobs.bench.meter.MeteredSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Jobs that wait for Pixal3D's word: copies of one that the functions brought so far, under ids and
 * due times of their own. The same ones at each run; those that are due come first.
 */
final class LiveJobs {
  /** "BatchWriteItem": 25 at the most. */
  private static final int BATCH = 25;

  private static final int STEP = 1_000;
  private static final int LATEST_DUE_SECONDS = 7_200;

  private final MeteredSystem system;
  private final Map<String, AttributeValue> model;
  private final int dueShards;
  private final Random random = new Random(20261123);

  /**
   * @param model the item of a job that waits for Pixal3D's word
   * @param dueShards over how many shards they are spread
   */
  LiveJobs(MeteredSystem system, Map<String, AttributeValue> model, int dueShards) {
    this.system = system;
    this.model = Map.copyOf(model);
    this.dueShards = dueShards;
  }

  /**
   * Fills the table.
   *
   * @param live how many
   * @param due how many of them are due now
   */
  void fill(int live, int due, Progress progress) {
    Instant now = system.clock().instant();
    var batch = new ArrayList<WriteRequest>();
    for (int n = 1; n <= live; n++) {
      long seconds = random.nextLong(1, LATEST_DUE_SECONDS);
      Instant dueAt = n <= due ? now.minusSeconds(seconds) : now.plusSeconds(seconds);
      Map<String, AttributeValue> job = job(dueAt);
      batch.add(WriteRequest.builder().putRequest(PutRequest.builder().item(job).build()).build());
      if (batch.size() == BATCH || n == live) {
        write(List.copyOf(batch));
        batch.clear();
      }
      if (n % STEP == 0) {
        progress.step("%,d live jobs".formatted(n));
      }
    }
  }

  /** How many steps of progress it takes to make so many. */
  static int steps(int live) {
    return live / STEP;
  }

  private Map<String, AttributeValue> job(Instant dueAt) {
    var job = new HashMap<>(model);
    String id =
        "pixal3d_%08x-%04x-7%03x-8%03x-%012x"
            .formatted(
                random.nextInt(),
                random.nextInt(1 << 16),
                random.nextInt(1 << 12),
                random.nextInt(1 << 12),
                random.nextLong(1L << 48));
    job.put("request_id", AttributeValue.fromS(id));
    job.put("due_shard", AttributeValue.fromN(Integer.toString(random.nextInt(dueShards))));
    job.put("due_at", AttributeValue.fromN(Long.toString(dueAt.toEpochMilli())));
    return job;
  }

  private void write(List<WriteRequest> requests) {
    var answer =
        system
            .table()
            .batchWriteItem(batch -> batch.requestItems(Map.of(system.tableName(), requests)));
    if (!answer.unprocessedItems().isEmpty()) {
      throw new IllegalStateException("DynamoDB Local left jobs unwritten");
    }
  }
}
