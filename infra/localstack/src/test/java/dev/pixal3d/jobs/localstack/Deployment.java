package dev.pixal3d.jobs.localstack;

import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.PhysicalIds;
import dev.pixal3d.jobs.embedded.QueueResource;
import dev.pixal3d.jobs.embedded.QueueSource;
import dev.pixal3d.jobs.embedded.TableResource;
import dev.pixal3d.jobs.embedded.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the template says and the functions' zips, brought into an emulator by the AWS API, under
 * names of its own, so that several find room in one. {@link #close} takes it away again.
 *
 * <p>Left out is what no emulator has a use for: roles, permissions, logs, alarms, SnapStart, the
 * function's architecture (this machine's is taken), and the schedule ({@link EmulatedSystem}).
 */
final class Deployment implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deployment.class);
  private static final String RUNTIME = "java25";
  private static final String ALIAS = "live";

  private final Aws aws;
  private final Template template;
  private final String prefix = "it-%s-".formatted(UUID.randomUUID().toString().substring(0, 8));
  private final Map<String, String> queueUrls = new HashMap<>();
  private final Map<String, String> queueArns = new HashMap<>();
  private final Deque<Runnable> undoing = new ArrayDeque<>();

  Deployment(Aws aws, Template template) {
    this.aws = aws;
    this.template = template;
  }

  /** What a resource of the template is called in the emulator. */
  String nameOf(String logicalId) {
    return prefix + logicalId;
  }

  /** What stands before each name. */
  String prefix() {
    return prefix;
  }

  String tableName() {
    return nameOf(template.table().logicalId());
  }

  String queueUrl(String logicalId) {
    return known(queueUrls, logicalId);
  }

  private static String known(Map<String, String> all, String logicalId) {
    String value = all.get(logicalId);
    if (value == null) {
      throw new IllegalArgumentException("No queue %s was made".formatted(logicalId));
    }
    return value;
  }

  /** The table with its indexes and its time to live. */
  void createTable() {
    TableResource table = template.table();
    aws.dynamoDb().createTable(table.creation(tableName()));
    undoing.push(() -> aws.dynamoDb().deleteTable(delete -> delete.tableName(tableName())));
    aws.dynamoDb().waiter().waitUntilTableExists(wait -> wait.tableName(tableName()));
    String timeToLive = table.timeToLiveAttribute();
    if (timeToLive != null) {
      aws.dynamoDb()
          .updateTimeToLive(update ->
              update
                  .tableName(tableName())
                  .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(timeToLive)));
    }
  }

  /** The queues, with their dead letters. */
  void createQueues() {
    template.queues().stream().sorted(QueueResource.DEAD_LETTERS_FIRST).forEach(this::createQueue);
  }

  private void createQueue(QueueResource queue) {
    Map<QueueAttributeName, String> attributes =
        queue.attributes(logicalId -> known(queueArns, logicalId));
    String url =
        aws.sqs()
            .createQueue(
                create -> create.queueName(nameOf(queue.logicalId())).attributes(attributes))
            .queueUrl();
    undoing.push(() -> aws.sqs().deleteQueue(delete -> delete.queueUrl(url)));
    queueUrls.put(queue.logicalId(), url);
    queueArns.put(
        queue.logicalId(),
        aws.sqs()
            .getQueueAttributes(
                get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN));
  }

  /**
   * A secret.
   *
   * @return its ARN
   */
  String createSecret(String logicalId, String value) {
    String arn =
        aws.secrets()
            .createSecret(create -> create.name(nameOf(logicalId)).secretString(value))
            .arn();
    undoing.push(() ->
        aws.secrets()
            .deleteSecret(delete -> delete.secretId(arn).forceDeleteWithoutRecovery(true)));
    return arn;
  }

  /**
   * The functions, each with a version, the alias and its event sources.
   *
   * @param parameters the template's, the ARNs of secrets among them
   * @param callbackSecret its ARN
   * @param moreVariables what each function gets besides what the template gives it
   */
  void createFunctions(
      Map<String, String> parameters,
      String callbackSecret,
      Map<String, String> moreVariables,
      ZipSource zips) {
    PhysicalIds ids = ids().with("CallbackSecret", callbackSecret);
    for (FunctionResource function : template.functions()) {
      Map<String, String> variables =
          new HashMap<>(template.environmentOf(function, parameters, ids));
      variables.putAll(moreVariables);
      createFunction(function, variables, zips.zipOf(function));
      function.queueSources().forEach(source -> listen(function, source));
    }
  }

  /** What is deployed of a function. */
  @FunctionalInterface
  interface ZipSource {
    Path zipOf(FunctionResource function);
  }

  private PhysicalIds ids() {
    PhysicalIds ids = PhysicalIds.none().with(template.table().logicalId(), tableName());
    for (String queue : queueUrls.keySet()) {
      ids =
          ids.with(queue, known(queueUrls, queue))
              .with(queue + ".QueueUrl", known(queueUrls, queue))
              .with(queue + ".QueueName", nameOf(queue))
              .with(queue + ".Arn", known(queueArns, queue));
    }
    return ids;
  }

  private void createFunction(FunctionResource function, Map<String, String> variables, Path zip) {
    String name = nameOf(function.logicalId());
    SdkBytes code = SdkBytes.fromByteArrayUnsafe(content(zip));
    try {
      aws.lambda()
          .createFunction(create ->
              create
                  .functionName(name)
                  .runtime(RUNTIME)
                  .handler(function.handlerClass() + "::handleRequest")
                  .architectures(architecture())
                  .role("arn:aws:iam::000000000000:role/" + name)
                  .code(content -> content.zipFile(code))
                  .environment(environment -> environment.variables(variables))
                  .timeout((int) function.timeout().toSeconds())
                  .memorySize(function.memoryMegabytes()));
    } catch (InvalidParameterValueException e) {
      throw new IllegalStateException(
          "The emulator refuses %s: %s. If it does not know %s: the classes are of release 25, so no older runtime can run them; name another image in LOCALSTACK_IMAGE."
              .formatted(function.logicalId(), e.awsErrorDetails().errorMessage(), RUNTIME),
          e);
    }
    undoing.push(() -> aws.lambda().deleteFunction(delete -> delete.functionName(name)));
    aws.lambda().waiter().waitUntilFunctionActiveV2(wait -> wait.functionName(name));
    String version = aws.lambda().publishVersion(publish -> publish.functionName(name)).version();
    aws.lambda()
        .waiter()
        .waitUntilFunctionActiveV2(wait -> wait.functionName(name).qualifier(version));
    aws.lambda()
        .createAlias(alias -> alias.functionName(name).name(ALIAS).functionVersion(version));
  }

  private static byte[] content(Path zip) {
    try {
      return Files.readAllBytes(zip);
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " cannot be read; ./mvnw package builds it", e);
    }
  }

  /** There is nothing native in the zips, so what runs on the other runs here too. */
  private static Architecture architecture() {
    return System.getProperty("os.arch").equals("aarch64")
        ? Architecture.ARM64
        : Architecture.X86_64;
  }

  private void listen(FunctionResource function, QueueSource source) {
    CreateEventSourceMappingRequest.Builder mapping =
        CreateEventSourceMappingRequest.builder()
            .functionName(aliasOf(function))
            .eventSourceArn(known(queueArns, source.queueLogicalId()))
            .batchSize(source.batchSize())
            .scalingConfig(scaling -> scaling.maximumConcurrency(source.maximumConcurrency()));
    if (source.reportBatchItemFailures()) {
      mapping.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
    }
    String id = aws.lambda().createEventSourceMapping(mapping.build()).uuid();
    undoing.push(() -> aws.lambda().deleteEventSourceMapping(delete -> delete.uuid(id)));
  }

  /** What everything calls. */
  String aliasOf(FunctionResource function) {
    return "%s:%s".formatted(nameOf(function.logicalId()), ALIAS);
  }

  @Override
  public void close() {
    while (!undoing.isEmpty()) {
      try {
        undoing.pop().run();
      } catch (SdkException e) {
        log.warn("Something stays in the emulator", e);
      }
    }
  }
}
