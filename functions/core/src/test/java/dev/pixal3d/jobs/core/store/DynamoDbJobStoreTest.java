package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbJobStoreTest extends JobStoreContract {
  private static final int ALL_TRIES = 100;

  private final JobStore store = storeOn(SharedAws.aws().dynamoDb());

  @Override
  JobStore store() {
    return store;
  }

  @Test
  void recognises_its_own_save_when_the_sdk_repeated_it() {
    Job job = newJob();
    store.create(job);
    var lost = new LostAnswers("UpdateItemRequest", 1);

    JobStore.Saved saved =
        storeOn(SharedAws.dynamoDb(lost)).save(job, after(job, new Event.DispatchBegan(1)));

    assertThat(lost.left()).isZero();
    assertThat(won(saved).version()).isEqualTo(2);
  }

  @Test
  void recognises_its_own_new_job_when_the_sdk_repeated_the_put() {
    Job job = newJob();
    var lost = new LostAnswers("PutItemRequest", 1);

    storeOn(SharedAws.dynamoDb(lost)).create(job);

    assertThat(lost.left()).isZero();
    assertThat(store.load(job.id())).contains(job);
  }

  @Test
  void reads_a_new_job_back_when_no_answer_to_the_put_ever_came() {
    Job job = newJob();

    storeOn(SharedAws.dynamoDb(new LostAnswers("PutItemRequest", ALL_TRIES))).create(job);

    assertThat(store.load(job.id())).contains(job);
  }

  @Test
  void says_that_a_new_job_was_not_saved_when_it_cannot_be_read_back() {
    Job job = newJob();
    JobStore.Saved before = store.save(job, after(job, new Event.DispatchBegan(1)));
    var noTable =
        new DynamoDbJobStore(SharedAws.aws().dynamoDb(), "no-table", 1, new SecureRandom());

    assertThat(before).isEqualTo(new JobStore.Saved.Gone());
    assertThatThrownBy(() -> noTable.create(job)).isInstanceOf(StoreException.class);
  }

  @Test
  void recognises_its_own_transaction_when_no_answer_to_it_ever_came() {
    Job job = newJob();
    var record =
        new IdempotencyRecord(
            "acme", "key-" + job.id(), "f", job.id(), NOW.plus(IdempotencyRecord.VALIDITY));
    JobStore deaf =
        storeOn(SharedAws.dynamoDb(new LostAnswers("TransactWriteItemsRequest", ALL_TRIES)));

    assertThat(deaf.createOnce(job, record, NOW)).isEmpty();
    assertThat(store.load(job.id())).contains(job);
  }

  @Test
  void leaves_attributes_that_it_does_not_know_as_they_are() {
    Job job = newJob();
    store.create(job);
    setAttribute(job, "of_newer_code", AttributeValue.fromS("kept"));

    won(store.save(job, after(job, new Event.DispatchBegan(1))));

    assertThat(SharedAws.item(job.id().value()))
        .containsEntry("of_newer_code", AttributeValue.fromS("kept"));
  }

  /** The item is paid for by its size. */
  @Test
  void writes_the_longer_texts_of_a_job_in_their_dense_form() {
    Job job = newJob();
    store.create(job);

    assertThat(SharedAws.item(job.id().value()))
        .containsEntry("request", DenseText.write(job.order().requestJson()))
        .containsEntry(
            "timeline", DenseText.write(TimelineJson.write(job.timeline(), job.createdAt())));
  }

  /** Releases side by side write the one and the other, and so does a table that was restored. */
  @ParameterizedTest
  @EnumSource
  void reads_and_saves_a_job_whose_longer_texts_are_in_either_form(Form form) {
    Job job = Jobs.acceptedWithWebhook(NEW_ID.get(), WebhookMode.SYNC);
    store.create(job);
    Job accepted = won(store.save(job, after(job, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID))));
    setAttribute(accepted, "request", form.of(accepted.order().requestJson()));
    setAttribute(
        accepted,
        "timeline",
        form.of(TimelineJson.write(accepted.timeline(), accepted.createdAt())));
    setAttribute(
        accepted,
        "delivery",
        form.of(DeliveryJson.write(accepted.delivery(), accepted.createdAt())));

    Job loaded = store.load(job.id()).orElseThrow();
    Job ended = after(loaded, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    Job saved = won(store.save(loaded, ended));

    assertThat(loaded).isEqualTo(accepted);
    assertThat(saved).isEqualTo(ended.ofVersion(saved.version()));
    assertThat(store.load(job.id())).contains(saved);
  }

  enum Form {
    PLAIN {
      @Override
      AttributeValue of(String text) {
        return AttributeValue.fromS(text);
      }
    },
    DENSE {
      @Override
      AttributeValue of(String text) {
        return DenseText.write(text);
      }
    };

    abstract AttributeValue of(String text);
  }

  @Test
  void keeps_the_shard_that_a_job_was_given_when_their_number_grows() {
    Job job = newJob();
    store.create(job);
    AttributeValue shard = SharedAws.item(job.id().value()).get("due_shard");
    var grown =
        new DynamoDbJobStore(
            SharedAws.aws().dynamoDb(), SharedAws.aws().tableName(), 64, new SecureRandom());

    won(grown.save(job, after(job, new Event.DispatchBegan(1))));

    assertThat(SharedAws.item(job.id().value())).containsEntry("due_shard", shard);
  }

  @Test
  void writes_no_index_key_when_a_job_is_claimed() {
    Job job = newJob();
    store.create(job);
    Map<String, AttributeValue> before = SharedAws.item(job.id().value());

    won(store.save(job, after(job, new Event.DispatchBegan(1))));

    Map<String, AttributeValue> after = SharedAws.item(job.id().value());
    for (String indexKey : new String[] {"due_at", "due_shard", "client", "request_id"}) {
      assertThat(after.get(indexKey)).isEqualTo(before.get(indexKey));
    }
  }

  @Test
  void lets_an_ended_job_expire_and_no_other() {
    Job job = newJob();
    store.create(job);
    Job accepted = after(job, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
    Job saved = won(store.save(job, accepted));
    assertThat(SharedAws.item(job.id().value())).doesNotContainKey("expires_at");

    Job ended = after(saved, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    won(store.save(saved, ended));

    assertThat(SharedAws.item(job.id().value()))
        .containsEntry(
            "expires_at",
            AttributeValue.fromN(
                Long.toString(NOW.plusSeconds(1).plusSeconds(30 * 86_400).getEpochSecond())));
  }

  private static DynamoDbJobStore storeOn(DynamoDbClient client) {
    return new DynamoDbJobStore(
        client, SharedAws.aws().tableName(), DUE_SHARDS, new SecureRandom());
  }

  private static void setAttribute(Job job, String name, AttributeValue value) {
    SharedAws.aws()
        .dynamoDb()
        .updateItem(update ->
            update
                .tableName(SharedAws.aws().tableName())
                .key(Map.of("request_id", AttributeValue.fromS(job.id().value())))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", value)));
  }
}
