package dev.pixal3d.jobs.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

class AwsClientsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final AwsClients clients = AwsClients.keepingConnections();

  @Test
  void of_each_kind_there_is_one() {
    assertThat(clients.get(DynamoDbClient.class, AwsClientsTest::dynamoDb))
        .isSameAs(clients.get(DynamoDbClient.class, AwsClientsTest::dynamoDb));
  }

  @Test
  void what_is_made_on_paper_is_made_in_earnest_too() {
    var _ = clients.onPaper().get(DynamoDbClient.class, AwsClientsTest::dynamoDb);

    var madeOnlyNow = new ArrayList<Boolean>();
    var _ =
        clients.get(
            DynamoDbClient.class,
            () -> {
              madeOnlyNow.add(true);
              return dynamoDb();
            });
    assertThat(madeOnlyNow).isEmpty();
  }

  @Test
  void on_paper_a_job_is_found_when_it_is_due() {
    var store =
        new DynamoDbJobStore(
            clients.onPaper().get(DynamoDbClient.class, AwsClientsTest::dynamoDb),
            "a-table",
            16,
            new SecureRandom());
    Job due = job(NOW.minusSeconds(600));
    store.create(due);
    store.create(job(NOW));

    assertThat(store.findDue(0, NOW, null, 10).jobs())
        .extracting(DueJob::id)
        .containsExactly(due.id());
  }

  private static Job job(Instant accepted) {
    var id = new RequestIds(InstantSource.fixed(accepted), new SecureRandom()).get();
    return new Lifecycle(Jobs.SETTINGS)
        .accept(id, "acme", Jobs.order(WebhookMode.TERMINAL), accepted)
        .job();
  }

  private static DynamoDbClientBuilder dynamoDb() {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create());
  }
}
