package dev.pixal3d.jobs.runtime;

import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What the functions find around them: the table and the queues of template.yaml, a simulated
 * Pixal3D, and their zips, unpacked. Brought up once for all tests of this JVM.
 */
final class World {
  static final Template TEMPLATE = Template.load(Path.of("../../template.yaml"));
  static final String API_KEY = "the-key";
  static final String CLIENT = "acme";
  static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String CALLBACK_SECRET = "a-secret";
  static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);

  /** DueShards, as the template has it. */
  private static final int DUE_SHARDS = 16;

  private static final String UPSTREAM_KEY = "upstream-key";
  private static final World WORLD = new World();

  private final Path folder = emptied(Path.of("target/unpacked"));
  private final EmbeddedAws aws = EmbeddedAws.start(TEMPLATE, null);
  private final Pixal3dSimulator pixal3d = startPixal3d(folder.resolve("pixal3d"));
  private final RuntimeClient client = RuntimeClient.unpack(folder.resolve("client"));
  private final Map<Path, Artifact> artifacts = new ConcurrentHashMap<>();
  private final Set<String> messages = new HashSet<>();

  private World() {
    clients().put(new Client(CLIENT, true, List.of(WEBHOOK_SECRET)));
    clients().putKey(API_KEY, CLIENT);
  }

  static World world() {
    return WORLD;
  }

  private static Path emptied(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(one);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pixal3dSimulator startPixal3d(Path data) {
    try {
      return Pixal3dSimulator.start(
          new Pixal3dSimulator.Options(
              0,
              data,
              UPSTREAM_KEY,
              SimulatorSettings.parse(
                  List.of(
                      "glb=off", "callbacks=lost", "queued-seconds=0", "processing-seconds=0"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<FunctionResource> functions() {
    return TEMPLATE.functions();
  }

  static FunctionResource function(String name) {
    return functions().stream()
        .filter(function -> function.logicalId().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** How a function is started with the variables that the template gives it. */
  FunctionLaunch launch(
      FunctionResource function,
      InitializationType initialization,
      URI dynamoDb,
      URI sqs,
      CredentialsEndpoint credentials,
      Consumer<String> log) {
    Map<String, String> environment =
        new HashMap<>(
            TEMPLATE.environmentOf(
                function,
                Map.of(
                    "Pixal3dBaseUrl",
                    pixal3d.baseUri().toString(),
                    "Pixal3dApiKey",
                    UPSTREAM_KEY,
                    "PublicUrl",
                    "https://api.example.com"),
                aws.physicalIds().with("CallbackSecret", CALLBACK_SECRET)));
    environment.put("ALLOW_LOOPBACK", "true");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
    environment.put("AWS_ENDPOINT_URL_SQS", sqs.toString());
    environment.put("AWS_REGION", aws.region());
    environment.putAll(credentials.variables());
    return new FunctionLaunch(
        function, artifact(function), client, environment, initialization, log);
  }

  private Artifact artifact(FunctionResource function) {
    return artifacts.computeIfAbsent(
        function.codeUri(), zip -> Artifact.unpack(zip, folder.resolve(function.logicalId())));
  }

  URI dynamoDbEndpoint() {
    return aws.dynamoDbEndpoint();
  }

  URI sqsEndpoint() {
    return aws.sqsEndpoint();
  }

  ClientStore clients() {
    return new DynamoDbClientStore(aws.dynamoDb(), aws.tableName());
  }

  JobStore store() {
    return new DynamoDbJobStore(aws.dynamoDb(), aws.tableName(), DUE_SHARDS, new SecureRandom());
  }

  Job load(String id) {
    return store().load(new RequestId(id)).orElseThrow();
  }

  /** A job to which all this has happened just now. */
  Job job(@Nullable URI webhookUrl, Event... events) {
    return job(Instant.now(), webhookUrl, events);
  }

  /** A job to which all this happened then. */
  Job job(Instant when, @Nullable URI webhookUrl, Event... events) {
    Instant then = when.truncatedTo(ChronoUnit.MILLIS);
    RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();
    Job.Order order =
        new Job.Order(
            "{\"image_url\":\"https://example.com/dog.png\"}",
            webhookUrl,
            WebhookMode.TERMINAL,
            URI.create("https://api.example.com"));
    Job job = Jobs.after(LIFECYCLE, LIFECYCLE.accept(id, CLIENT, order, then).job(), then, events);
    store().create(job);
    return job;
  }

  /** Whether a message that holds this text has come to a queue, now or at any time before. */
  synchronized boolean hasMessage(String queue, String text) {
    String url = aws.queueUrl(queue);
    List<Message> batch =
        aws.sqs()
            .receiveMessage(get -> get.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(0))
            .messages();
    for (Message message : batch) {
      messages.add(queue + message.body());
      aws.sqs().deleteMessage(done -> done.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
    return messages.stream()
        .anyMatch(message -> message.startsWith(queue) && message.contains(text));
  }
}
