package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.queue.SqsJobQueues;
import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the functions are put together from: the settings, the table and the queues. Parts that only
 * some of them need stand beside it ({@link GateParts}, {@link UpstreamParts}, {@link
 * WebhookParts}), so that the others do without.
 */
public final class Application {
  /** The store keeps milliseconds; a finer time would not be read back as it was saved. */
  private static final InstantSource CLOCK = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final Config config;
  private final Metrics metrics;
  private final AwsClients clients;
  private final Wiring wiring;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Lazy<DynamoDbClient> dynamoDb;
  private final Lazy<SqsClient> sqs;
  private final Lazy<JobStore> jobStore;

  /**
   * @param environment the settings ({@link Setting}) by their names
   * @param metrics takes what is counted
   * @param clients the AWS clients
   */
  public Application(Map<String, String> environment, Metrics metrics, AwsClients clients) {
    this(environment, metrics, clients, Wiring.PLAIN);
  }

  /**
   * An application in other surroundings than Lambda's.
   *
   * @param wiring wraps or replaces parts
   */
  public Application(
      Map<String, String> environment, Metrics metrics, AwsClients clients, Wiring wiring) {
    this.config = new Config(environment);
    this.metrics = metrics;
    this.clients = clients;
    this.wiring = wiring;
    this.clock = wiring.part(InstantSource.class, () -> CLOCK);
    this.random = wiring.part(RandomGenerator.class, SecureRandom::new);
    this.dynamoDb =
        new Lazy<>(() ->
            wiring.part(
                DynamoDbClient.class,
                () -> clients.get(DynamoDbClient.class, DynamoDbClient::builder)));
    this.sqs =
        new Lazy<>(() ->
            wiring.part(SqsClient.class, () -> clients.get(SqsClient.class, SqsClient::builder)));
    this.jobStore =
        new Lazy<>(() ->
            wiring.part(
                JobStore.class,
                () ->
                    new DynamoDbJobStore(dynamoDb.get(), tableName(), config.dueShards(), random)));
  }

  public Config config() {
    return config;
  }

  public Metrics metrics() {
    return metrics;
  }

  /** The time, in the milliseconds that the store keeps. */
  public InstantSource clock() {
    return clock;
  }

  /** Makes new ids. */
  public RequestIds requestIds() {
    return new RequestIds(clock, random);
  }

  public Lifecycle lifecycle() {
    return wiring.part(Lifecycle.class, () -> new Lifecycle(config.lifecycle()));
  }

  public JobStore jobStore() {
    return jobStore.get();
  }

  public ClientStore clientStore() {
    return new DynamoDbClientStore(dynamoDb(), tableName());
  }

  public JobQueues queues() {
    return wiring.part(JobQueues.class, () -> new SqsJobQueues(sqs(), queueUrls()));
  }

  private SqsJobQueues.QueueUrls queueUrls() {
    return new SqsJobQueues.QueueUrls(
        config.text(Setting.DISPATCH_QUEUE_URL),
        config.text(Setting.POLL_QUEUE_URL),
        config.text(Setting.NOTIFY_QUEUE_URL),
        config.text(Setting.SWEEP_QUEUE_URL));
  }

  public Transitions transitions() {
    return new Transitions(jobStore(), queues(), lifecycle(), clock, metrics);
  }

  public Authentication authentication() {
    return new Authentication(clientStore(), clock);
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb.get();
  }

  SqsClient sqs() {
    return sqs.get();
  }

  AwsClients clients() {
    return clients;
  }

  Wiring wiring() {
    return wiring;
  }

  String tableName() {
    return config.text(Setting.TABLE_NAME);
  }
}
