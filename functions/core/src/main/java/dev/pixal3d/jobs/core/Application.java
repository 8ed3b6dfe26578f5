package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.api.WebhookTestReader;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.endpoint.EndpointKeeper;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.queue.SqsJobQueues;
import dev.pixal3d.jobs.core.secrets.CachedSecrets;
import dev.pixal3d.jobs.core.secrets.Secrets;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.upstream.GatewayPixal3d;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.CancelJob;
import dev.pixal3d.jobs.core.usecase.DeliverWebhook;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.ReadStatus;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.core.usecase.ReplayWebhook;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.core.usecase.SweepDueJobs;
import dev.pixal3d.jobs.core.usecase.TestWebhook;
import dev.pixal3d.jobs.core.usecase.Transitions;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts the parts together. Each function asks for the use cases that it serves; what they need is
 * made on the way, and nothing else.
 */
public final class Application {
  /** The store keeps milliseconds; a finer time would not be read back as it was saved. */
  private static final InstantSource CLOCK = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final Config config;
  private final SecureRandom random = new SecureRandom();
  private final Lazy<DynamoDbClient> dynamoDb = new Lazy<>(Application::newDynamoDbClient);
  private final Lazy<JobQueues> queues = new Lazy<>(this::newQueues);
  private final Lazy<Secrets> secrets =
      new Lazy<>(() -> new CachedSecrets(new Lazy<>(Application::newSecretsClient)::get, CLOCK));

  /**
   * @param environment the settings ({@link Setting}) by their names
   */
  public Application(Map<String, String> environment) {
    this.config = new Config(environment);
  }

  public Authentication authentication() {
    return new Authentication(new DynamoDbClientStore(dynamoDb.get(), tableName()), CLOCK);
  }

  public SubmitRequestReader submitRequestReader() {
    return new SubmitRequestReader(config.allowLoopback());
  }

  /** The base of all URLs that clients and Pixal3D are given, if one is configured. */
  public Optional<URI> publicUrl() {
    return config.publicUrl();
  }

  public AcceptJob acceptJob() {
    JobStore store = jobStore();
    return new AcceptJob(
        store,
        transitions(store),
        lifecycle(),
        gateKeeper(),
        new RequestIds(CLOCK, random),
        CLOCK,
        config.acceptSubmits());
  }

  public ReadStatus readStatus() {
    JobStore store = jobStore();
    return new ReadStatus(store, transitions(store));
  }

  public CancelJob cancelJob() {
    JobStore store = jobStore();
    Transitions transitions = transitions(store);
    return new CancelJob(new ReadStatus(store, transitions), transitions);
  }

  public ReplayWebhook replayWebhook() {
    JobStore store = jobStore();
    Transitions transitions = transitions(store);
    return new ReplayWebhook(new ReadStatus(store, transitions), transitions);
  }

  public WebhookTestReader webhookTestReader() {
    return new WebhookTestReader(config.allowLoopback());
  }

  public TestWebhook testWebhook() {
    return new TestWebhook(webhookSender(), new RequestIds(CLOCK, random), CLOCK);
  }

  public DeliverWebhook deliverWebhook() {
    JobStore store = jobStore();
    return new DeliverWebhook(
        store,
        new DynamoDbClientStore(dynamoDb.get(), tableName()),
        transitions(store),
        new EndpointKeeper(new DynamoDbEndpointStore(dynamoDb.get(), tableName()), CLOCK),
        webhookSender(),
        CLOCK);
  }

  public DispatchJob dispatchJob() {
    JobStore store = jobStore();
    return new DispatchJob(
        store, transitions(store), gateKeeper(), pixal3d(), callbackTokens(), CLOCK);
  }

  public ReceiveCallback receiveCallback() {
    JobStore store = jobStore();
    return new ReceiveCallback(
        store,
        transitions(store),
        pixal3d(),
        callbackTokens(),
        new MediaHosts(config.mediaHosts(), config.allowLoopback()),
        config.readBackCallbacks());
  }

  public PollJob pollJob() {
    JobStore store = jobStore();
    return new PollJob(store, transitions(store), pixal3d());
  }

  public SweepDueJobs sweepDueJobs() {
    JobStore store = jobStore();
    return new SweepDueJobs(store, transitions(store), queues.get(), CLOCK, config.dueShards());
  }

  private JobStore jobStore() {
    return new DynamoDbJobStore(dynamoDb.get(), tableName(), config.dueShards(), random);
  }

  private Transitions transitions(JobStore store) {
    return new Transitions(store, queues.get(), lifecycle(), CLOCK);
  }

  private Lifecycle lifecycle() {
    return new Lifecycle(config.lifecycle());
  }

  private GateKeeper gateKeeper() {
    return new GateKeeper(
        new DynamoDbGateStore(dynamoDb.get(), tableName()), config.dispatchBackoff(), CLOCK);
  }

  private Pixal3d pixal3d() {
    String reference = config.text(Setting.PIXAL3D_API_KEY);
    return new GatewayPixal3d(
        config.pixal3dBaseUrl(),
        () -> secrets.get().read(reference).getFirst(),
        GatewayPixal3d.Timeouts.DEFAULT,
        CLOCK);
  }

  private CallbackTokens callbackTokens() {
    String reference = config.text(Setting.CALLBACK_SECRET);
    return new CallbackTokens(() -> secrets.get().read(reference));
  }

  private WebhookSender webhookSender() {
    return new HttpWebhookSender(config.allowLoopback(), CLOCK);
  }

  private String tableName() {
    return config.text(Setting.TABLE_NAME);
  }

  private JobQueues newQueues() {
    var urls =
        new SqsJobQueues.QueueUrls(
            config.text(Setting.DISPATCH_QUEUE_URL),
            config.text(Setting.POLL_QUEUE_URL),
            config.text(Setting.NOTIFY_QUEUE_URL),
            config.text(Setting.SWEEP_QUEUE_URL));
    return new SqsJobQueues(
        SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build(), urls);
  }

  private static DynamoDbClient newDynamoDbClient() {
    return DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  private static SecretsManagerClient newSecretsClient() {
    return SecretsManagerClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
