package dev.pixal3d.jobs.fuzz.targets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.testing.InMemoryJobStore;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.fuzz.draw.Requests;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a handler has around it, the same for each input and made anew for it: three clients, a job
 * in each state, a clock that stands, and no network.
 */
final class World implements Wiring {
  static final String CLIENT = "acme";
  static final String API_KEY = "0a1b2c3d4e5f-the-key-of-acme";
  static final String SHUT_KEY = "5f4e3d2c1b0a-the-key-of-shut";
  static final String OTHER_KEY = "111222333444-the-key-of-other";
  static final String UPSTREAM_KEY = "pixal3d-key-99887766554433";
  static final String CALLBACK_SECRET = "callback-secret-424242424242";
  static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final URI PUBLIC_URL = URI.create("https://api.example.com");
  static final Instant NOW = Jobs.START.plusSeconds(90);

  /** Must come up in no answer and no job. */
  static final List<String> SECRETS =
      List.of(API_KEY, SHUT_KEY, OTHER_KEY, UPSTREAM_KEY, CALLBACK_SECRET, WEBHOOK_SECRET);

  private static final CallbackTokens TOKENS = new CallbackTokens(() -> List.of(CALLBACK_SECRET));
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);

  /** Just accepted. */
  static final Job QUEUED = accepted(1, CLIENT, WebhookMode.TERMINAL);

  /** Being handed to Pixal3D, which has not answered. */
  static final Job CLAIMED = claimed(accepted(2, CLIENT, WebhookMode.SYNC));

  /** Taken by Pixal3D. */
  static final Job TAKEN = taken(3, CLIENT);

  static final Job PROCESSING = reported(taken(4, CLIENT), JobStatus.PROCESSING);

  /** Ended; its webhook is owed. */
  static final Job COMPLETED = reported(taken(5, CLIENT), JobStatus.COMPLETED);

  static final Job FAILED = reported(taken(6, CLIENT), JobStatus.FAILED);

  /** Another client's. */
  static final Job FOREIGN = taken(7, "other");

  static final List<Job> JOBS =
      List.of(QUEUED, CLAIMED, TAKEN, PROCESSING, COMPLETED, FAILED, FOREIGN);

  private static final Map<RequestId, String> TOKEN_OF =
      JOBS.stream().map(Job::id).collect(Collectors.toMap(Function.identity(), World::made));

  /** Came in under an Idempotency-Key, with a body as {@link Requests#PLAIN}. */
  static final Job EARLIER = accepted(8, CLIENT, WebhookMode.TERMINAL);

  static final String EARLIER_KEY = "7d2b6f0e-1c1f-4a51-9d0c-1f6f6f9d1c55";
  private static final String EARLIER_FINGERPRINT = fingerprint();
  private static final Table CLIENTS = clients();

  private final InMemoryJobStore jobs = new InMemoryJobStore(1);
  private final List<JobMessage> sent = new ArrayList<>();
  private final Map<Class<?>, Object> parts = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();

  World() {
    JOBS.forEach(jobs::create);
    var earlier =
        new IdempotencyRecord(
            CLIENT, EARLIER_KEY, EARLIER_FINGERPRINT, EARLIER.id(), NOW.plusSeconds(3600));
    if (jobs.createOnce(EARLIER, earlier, NOW).isPresent()) {
      throw new IllegalStateException("The store is not empty");
    }
    JobQueues queues = sent::addAll;
    parts.put(JobStore.class, jobs);
    parts.put(JobQueues.class, queues);
    parts.put(InstantSource.class, InstantSource.fixed(NOW));
    parts.put(RandomGenerator.class, new SplittableRandom(1));
    parts.put(DynamoDbClient.class, CLIENTS.copy());
    settings.put(Setting.TABLE_NAME.name(), "jobs");
    settings.put(Setting.PIXAL3D_API_KEY.name(), UPSTREAM_KEY);
    settings.put(Setting.CALLBACK_SECRET.name(), CALLBACK_SECRET);
    settings.put(Setting.PUBLIC_URL.name(), PUBLIC_URL.toString());
  }

  /** This world with a part replaced. */
  <T> World with(Class<T> kind, T part) {
    parts.put(kind, part);
    return this;
  }

  /** This world with a setting changed. */
  World with(Setting setting, String value) {
    settings.put(setting.name(), value);
    return this;
  }

  Application application() {
    return new Application(settings, Metrics.NONE, AwsClients.keepingConnections(), this);
  }

  @Override
  public <T> T part(Class<T> kind, Supplier<? extends T> made) {
    Object part = parts.get(kind);
    return part == null ? made.get() : kind.cast(part);
  }

  /** A job as it stands now. */
  Job job(RequestId id) {
    return jobs.load(id).orElseThrow();
  }

  /** The client's jobs, those that were there before not among them. */
  List<Job> newJobs() {
    return jobs.findByClient(CLIENT, null, 100).jobs().stream()
        .filter(job -> !job.id().equals(EARLIER.id()))
        .filter(job -> JOBS.stream().noneMatch(old -> old.id().equals(job.id())))
        .toList();
  }

  /** The messages that were sent. */
  List<JobMessage> sent() {
    return sent;
  }

  /** The token in the callback URL of one of {@link #JOBS}. */
  static String token(RequestId id) {
    return String.valueOf(TOKEN_OF.get(id));
  }

  private static String made(RequestId id) {
    String url = TOKENS.callbackUrl(PUBLIC_URL, id).toString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Job accepted(int n, String client, WebhookMode mode) {
    var order =
        new Job.Order(
            "{\"image_url\":\"https://example.com/dog.png\",\"seed\":18446744073709551615}",
            URI.create("http://127.0.0.1:9/hook"),
            mode,
            PUBLIC_URL);
    return LIFECYCLE.accept(Jobs.id(n), client, order, Jobs.START).job();
  }

  private static Job claimed(Job job) {
    return LIFECYCLE.decide(job, new Event.DispatchBegan(job.attempt()), Jobs.START).job();
  }

  private static Job taken(int n, String client) {
    Job claimed = claimed(accepted(n, client, WebhookMode.TERMINAL));
    var event = new Event.UpstreamAccepted("pixal3d_019d0000-0000-7000-8000-00000000000" + n);
    return LIFECYCLE.decide(claimed, event, Jobs.START).job();
  }

  private static Job reported(Job job, JobStatus status) {
    Report usual = Jobs.report(status);
    var report =
        new Report(String.valueOf(job.upstreamId()), status, usual.error(), usual.output(), null);
    return LIFECYCLE.decide(job, new Event.CalledBack(report), Jobs.START).job();
  }

  private static String fingerprint() {
    var read =
        new SubmitRequestReader(false)
            .read(
                Headers.of(Map.of("Content-Type", "application/json")),
                Requests.PLAIN.getBytes(UTF_8));
    if (read instanceof SubmitRequestReader.Valid(var submit)) {
      return submit.fingerprint();
    }
    throw new IllegalStateException("The plain request is not valid: " + read);
  }

  private static Table clients() {
    Table table = new Table();
    var clients = new DynamoDbClientStore(table, "jobs");
    clients.put(new Client(CLIENT, true, List.of(WEBHOOK_SECRET)));
    clients.put(new Client("shut", false, List.of()));
    clients.put(new Client("other", true, List.of()));
    clients.putKey(API_KEY, CLIENT);
    clients.putKey(SHUT_KEY, "shut");
    clients.putKey(OTHER_KEY, "other");
    return table;
  }
}
