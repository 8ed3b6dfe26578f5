package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.gate.GateStore;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.queue.SqsJobQueues;
import dev.pixal3d.jobs.core.store.ClientRegistry;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The system that the tool works on: its table, its queues and its settings. */
final class Target implements AutoCloseable {
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final Names names;
  private final @Nullable String otherTable;
  private final Config config;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  private Target(
      DynamoDbClient dynamoDb,
      SqsClient sqs,
      Names names,
      @Nullable String otherTable,
      Config config,
      InstantSource clock) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.names = names;
    this.otherTable = otherTable;
    this.config = config;
    this.clock = clock;
  }

  /**
   * How a system is named on the command line.
   *
   * @param table another table than the one that the functions use
   */
  record Address(
      @Nullable String stack,
      @Nullable String region,
      @Nullable String profile,
      List<String> endpointUrls,
      @Nullable String table) {}

  static Target of(Address address, Map<String, String> environment, InstantSource clock) {
    Endpoints endpoints = Endpoints.of(address.endpointUrls(), environment);
    if (address.stack() == null && !endpoints.areElsewhere()) {
      throw OpsException.wrongUsage(
          "Which system? Name the stack that `sam deploy` made with --stack, or an emulator with"
              + " --endpoint-url.");
    }
    AwsClients clients = AwsClients.of(endpoints, address.region(), address.profile(), environment);
    SqsClient sqs = clients.client("sqs", SqsClient.builder());
    Names names =
        address.stack() == null ? new Names.Logical(sqs) : ofStack(address.stack(), clients);
    return new Target(
        clients.client("dynamodb", DynamoDbClient.builder()),
        sqs,
        names,
        address.table(),
        new Config(Settings.of(environment, names.parameters())),
        clock);
  }

  private static Names ofStack(String stack, AwsClients clients) {
    try (CloudFormationClient cloudFormation =
        clients.client("cloudformation", CloudFormationClient.builder())) {
      return Names.OfStack.read(cloudFormation, stack, clients.region().id());
    }
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  SqsClient sqs() {
    return sqs;
  }

  /** The table that commands work on. */
  String table() {
    return otherTable == null ? names.table() : otherTable;
  }

  /** The table that the functions use. */
  String tableInUse() {
    return names.table();
  }

  String queueUrl(String logicalId) {
    return names.queueUrl(logicalId);
  }

  Config config() {
    return config;
  }

  JobStore jobs() {
    return jobs(table());
  }

  JobStore jobs(String ofTable) {
    return new DynamoDbJobStore(dynamoDb, ofTable, config.dueShards(), random);
  }

  Transitions transitions() {
    return transitions(queues());
  }

  /** Changes jobs and sends no messages: the jobs come back when they are due. */
  Transitions silentTransitions() {
    return transitions(_ -> {});
  }

  private Transitions transitions(JobQueues queues) {
    return new Transitions(jobs(), queues, new Lifecycle(config.lifecycle()), clock, Metrics.NONE);
  }

  JobQueues queues() {
    return new SqsJobQueues(
        sqs,
        new SqsJobQueues.QueueUrls(
            Queue.DISPATCH.url(this),
            Queue.POLL.url(this),
            Queue.NOTIFY.url(this),
            Queue.SWEEP.url(this)));
  }

  ClientRegistry clients() {
    return new ClientRegistry(dynamoDb, table());
  }

  DynamoDbEndpointStore endpoints() {
    return new DynamoDbEndpointStore(dynamoDb, table());
  }

  GateStore gate() {
    return gate(table());
  }

  GateStore gate(String ofTable) {
    return new DynamoDbGateStore(dynamoDb, ofTable);
  }

  InstantSource clock() {
    return clock;
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
  }
}
