package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.SqsJobQueues;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.core.usecase.Transitions;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.Template;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;

/** The tool in this JVM, on the table and the queues of template.yaml. */
final class Tool {
  private static final int SHARDS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  static final Template TEMPLATE = Template.load(Path.of("../../template.yaml"));
  static final EmbeddedAws AWS = EmbeddedAws.start(TEMPLATE, null);
  static final DynamoDbJobStore JOBS = jobs(AWS.tableName());
  static final DynamoDbClientStore CLIENTS =
      new DynamoDbClientStore(AWS.dynamoDb(), AWS.tableName());
  static final DynamoDbGateStore GATE = new DynamoDbGateStore(AWS.dynamoDb(), AWS.tableName());
  static final DynamoDbEndpointStore ENDPOINTS =
      new DynamoDbEndpointStore(AWS.dynamoDb(), AWS.tableName());
  static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  static final SqsJobQueues QUEUES =
      new SqsJobQueues(
          AWS.sqs(),
          new SqsJobQueues.QueueUrls(
              AWS.queueUrl("DispatchQueue"),
              AWS.queueUrl("PollQueue"),
              AWS.queueUrl("NotifyQueue"),
              AWS.queueUrl("SweepQueue")));

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How much later than now the tool believes it to be. */
  private final Duration ahead;

  Tool() {
    this(Duration.ZERO);
  }

  private Tool(Duration ahead) {
    this.ahead = ahead;
  }

  /** The same tool, run some time later. */
  Tool later(Duration duration) {
    return new Tool(ahead.plus(duration));
  }

  /** What a run of the tool came to. */
  record Run(int code, String out, String err) {
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON: " + out, e);
      }
    }

    String everything() {
      return out + err;
    }
  }

  /** Runs it on the shared table and queues. */
  Run run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--endpoint-url", "dynamodb=" + AWS.dynamoDbEndpoint(),
            "--endpoint-url", "sqs=" + AWS.sqsEndpoint()));
    return bare(Map.of(), all.toArray(String[]::new));
  }

  /** Runs it, naming no system. */
  Run bare(Map<String, String> environment, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new OpsCommand(environment, () -> now().plus(ahead))
            .line()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static DynamoDbJobStore jobs(String table) {
    return new DynamoDbJobStore(AWS.dynamoDb(), table, SHARDS, RANDOM);
  }

  /** A job as it was just taken in. */
  static Job accepted(String client) {
    return accepted(client, Jobs.order(WebhookMode.TERMINAL), now());
  }

  static Job acceptedWithWebhook(String client) {
    return accepted(client, Jobs.orderWithWebhook(WebhookMode.TERMINAL), now());
  }

  /** So many that they fill more than a page of one shard of the index. */
  static List<Job> acceptedInOneShard(int howMany, Instant at) {
    return Stream.generate(new RequestIds(() -> at, RANDOM))
        .filter(id -> Math.floorMod(id.hashCode(), SHARDS) == 0)
        .limit(howMany)
        .map(id -> accepted(id, "one-shard", Jobs.order(WebhookMode.TERMINAL), at))
        .toList();
  }

  static Job accepted(String client, Job.Order order, Instant at) {
    return accepted(new RequestIds(() -> at, RANDOM).get(), client, order, at);
  }

  private static Job accepted(RequestId id, String client, Job.Order order, Instant at) {
    Job job = LIFECYCLE.accept(id, client, order, at).job();
    JOBS.create(job);
    return JOBS.load(id).orElseThrow();
  }

  /** What becomes of a job when these happen; no message is sent. */
  static Job after(Job job, Event... events) {
    var transitions = new Transitions(JOBS, _ -> {}, LIFECYCLE, Tool::now, Metrics.NONE);
    for (Event event : events) {
      transitions.apply(JOBS.load(job.id()).orElseThrow(), event);
    }
    return JOBS.load(job.id()).orElseThrow();
  }

  static GateKeeper gateKeeper(InstantSource clock) {
    return new GateKeeper(GATE, Duration.ofSeconds(5), clock, Metrics.NONE);
  }

  static void openGate() {
    GATE.load().ifPresent(GATE::open);
  }

  /** Takes all messages that are in a queue just now. */
  static List<String> taken(String queue) {
    var bodies = new ArrayList<String>();
    List<Message> batch;
    do {
      batch =
          AWS.sqs()
              .receiveMessage(receive ->
                  receive.queueUrl(AWS.queueUrl(queue)).maxNumberOfMessages(10).waitTimeSeconds(0))
              .messages();
      for (Message message : batch) {
        bodies.add(message.body());
        AWS.sqs()
            .deleteMessage(delete ->
                delete.queueUrl(AWS.queueUrl(queue)).receiptHandle(message.receiptHandle()));
      }
    } while (!batch.isEmpty());
    return bodies;
  }

  static void send(String queue, String body) {
    AWS.sqs().sendMessage(send -> send.queueUrl(AWS.queueUrl(queue)).messageBody(body));
  }
}
