package dev.pixal3d.jobs.bench.meter;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.bench.meter.Metered.ApiRequest;
import dev.pixal3d.jobs.bench.meter.Metered.OutsideRequest;
import dev.pixal3d.jobs.bench.meter.Metered.QueueRequest;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.PhysicalIds;
import dev.pixal3d.jobs.embedded.QueueSource;
import dev.pixal3d.jobs.embedded.Route;
import dev.pixal3d.jobs.embedded.ScheduleResource;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.local.runtime.InvocationContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The functions of the template with DynamoDB Local and ElasticMQ, under a clock of their own, with
 * all that they ask of AWS written down. One sandbox for each function; each message is received
 * alone, as at low load.
 */
public final class MeteredSystem implements AutoCloseable {
  private static final String SCHEDULER = "scheduler";

  private static final List<Class<?>> REPLACED =
      List.of(
          DynamoDbClient.class,
          SqsClient.class,
          InstantSource.class,
          Pixal3d.class,
          WebhookSender.class);

  private final Template template;
  private final Meter meter = new Meter();
  private final VirtualClock clock = new VirtualClock();
  private final Pixal3dOnPaper pixal3d = new Pixal3dOnPaper(meter, clock);
  private final EmbeddedAws aws;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final Map<String, Sandbox> sandboxes = new HashMap<>();
  private final PriorityQueue<Sent> underWay = new PriorityQueue<>(Sent.FIRST);
  private final Config config;
  private int sent;

  private MeteredSystem(Template template) {
    this.template = template;
    this.aws = EmbeddedAws.start(template, null);
    this.dynamoDb = client(DynamoDbClient.builder(), aws.dynamoDbEndpoint(), meter.ofTable());
    this.sqs = client(SqsClient.builder(), aws.sqsEndpoint(), new Sending());
    PhysicalIds ids = aws.physicalIds().with("CallbackSecret", "a-secret");
    var settings = new HashMap<String, String>();
    for (FunctionResource function : template.functions()) {
      Map<String, String> environment =
          template.environmentOf(function, Map.of("Pixal3dApiKey", "a-key"), ids);
      settings.putAll(environment);
      sandboxes.put(function.logicalId(), new Sandbox(function, handler(function, environment)));
    }
    this.config = new Config(settings);
  }

  /** The settings of all functions. */
  public Config config() {
    return config;
  }

  /** Brings it up. */
  public static MeteredSystem start(Path templateYaml) {
    return new MeteredSystem(Template.load(templateYaml));
  }

  private record Sandbox(FunctionResource function, RequestHandler<Object, Object> handler) {
    /** As in {@code submit}. */
    String name() {
      return nameOf(function);
    }
  }

  /**
   * A message on its way.
   *
   * @param at when it can be received
   */
  private record Sent(Instant at, int order, String queueUrl, String body) {
    static final Comparator<Sent> FIRST =
        Comparator.comparing(Sent::at).thenComparingInt(Sent::order);
  }

  /** The name by which people know a function. */
  public static String nameOf(FunctionResource function) {
    return function.logicalId().replace("Function", "").toLowerCase(Locale.ROOT);
  }

  /** What is written down. */
  public Meter meter() {
    return meter;
  }

  /** The time that the functions go by. */
  public VirtualClock clock() {
    return clock;
  }

  /** The Pixal3D that they know. */
  public Pixal3dOnPaper pixal3d() {
    return pixal3d;
  }

  /** What it was made from. */
  public Template template() {
    return template;
  }

  /** The table past the meter. */
  public DynamoDbClient table() {
    return aws.dynamoDb();
  }

  /** The table's name. */
  public String tableName() {
    return aws.tableName();
  }

  /**
   * A request to the API.
   *
   * @param route one of the template's, as {@code GET /v2/requests}
   * @param pathParameters the values of the route's names
   */
  public APIGatewayV2HTTPResponse request(
      String route,
      Map<String, String> pathParameters,
      Map<String, String> headers,
      @Nullable String body) {
    Sandbox sandbox = sandboxOf(function -> function.routes().stream().anyMatch(is(route)), route);
    String path = route.substring(route.indexOf(' ') + 1);
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    var event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey(route)
            .withRawPath(path)
            .withHeaders(new HashMap<>(headers))
            .withPathParameters(new HashMap<>(pathParameters))
            .withBody(body)
            .withIsBase64Encoded(false)
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withDomainName("a1b2c3d4e5.execute-api.us-east-1.amazonaws.com")
                    .withRequestId("JKJaXmPLvHcESHA=")
                    .build())
            .build();
    meter.add(new ApiRequest(sandbox.name(), route));
    return (APIGatewayV2HTTPResponse) invoke(sandbox, event);
  }

  private static Predicate<Route> is(String routeKey) {
    return route -> routeKey.equals(route.method() + " " + route.path());
  }

  private Sandbox sandboxOf(Predicate<FunctionResource> choice, String what) {
    return sandboxes.values().stream()
        .filter(sandbox -> choice.test(sandbox.function()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No function takes " + what));
  }

  /** The schedule strikes: the sweep begins with the next message. */
  public void strike() {
    ScheduleResource schedule = template.schedules().getFirst();
    String url = aws.queueUrl(schedule.targetQueueLogicalId());
    aws.sqs().sendMessage(send -> send.queueUrl(url).messageBody(schedule.input()));
    meter.add(new QueueRequest(SCHEDULER, "SendMessage", schedule.targetQueueLogicalId()));
    send(url, schedule.input(), Duration.ZERO);
  }

  /** Works off the messages that can be received by now; those that come of them too. */
  public void workOff() {
    workOffUntil(clock.instant());
  }

  /** Works off the messages that can be received from this queue by now, and no others. */
  public void workOff(String queue) {
    String url = aws.queueUrl(queue);
    for (Optional<Sent> next = next(url); next.isPresent(); next = next(url)) {
      underWay.remove(next.get());
      deliver(next.get());
    }
  }

  private Optional<Sent> next(String queueUrl) {
    return underWay.stream()
        .filter(message -> message.queueUrl().equals(queueUrl))
        .filter(message -> !message.at().isAfter(clock.instant()))
        .min(Sent.FIRST);
  }

  /** Lets time pass until then, and each message meanwhile be worked off when it comes. */
  public void workOffUntil(Instant then) {
    while (!underWay.isEmpty() && !underWay.peek().at().isAfter(then)) {
      deliver(underWay.remove());
    }
    clock.advanceTo(then);
  }

  /** Works off the next message. */
  public void workOffOne() {
    deliver(underWay.remove());
  }

  private void deliver(Sent next) {
    clock.advanceTo(next.at());
    String queue = nameOfQueue(next.queueUrl());
    Message message = receive(next);
    Sandbox sandbox =
        sandboxOf(function -> function.queueSources().stream().anyMatch(brings(queue)), queue);
    var record = new SQSEvent.SQSMessage();
    record.setMessageId(message.messageId());
    record.setBody(next.body()); // ElasticMQ hands them out in an order of its own
    var event = new SQSEvent();
    event.setRecords(List.of(record));
    var answer = (SQSBatchResponse) invoke(sandbox, event);
    if (!answer.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException(sandbox.name() + " failed on " + message.body());
    }
    aws.sqs()
        .deleteMessage(
            delete -> delete.queueUrl(next.queueUrl()).receiptHandle(message.receiptHandle()));
    meter.add(new QueueRequest(Metered.EVENT_SOURCE, "DeleteMessage", queue));
  }

  private static Predicate<QueueSource> brings(String queue) {
    return source -> source.queueLogicalId().equals(queue);
  }

  private Message receive(Sent next) {
    List<Message> received =
        aws.sqs()
            .receiveMessage(
                get -> get.queueUrl(next.queueUrl()).maxNumberOfMessages(1).waitTimeSeconds(20))
            .messages();
    meter.add(
        new QueueRequest(Metered.EVENT_SOURCE, "ReceiveMessage", nameOfQueue(next.queueUrl())));
    if (received.isEmpty()) {
      throw new IllegalStateException("No message in " + next.queueUrl());
    }
    return received.getFirst();
  }

  private String nameOfQueue(String url) {
    return template.queues().stream()
        .map(queue -> queue.logicalId())
        .filter(name -> aws.queueUrl(name).equals(url))
        .findFirst()
        .orElseThrow();
  }

  private Object invoke(Sandbox sandbox, Object event) {
    meter.call(sandbox.name());
    FunctionResource function = sandbox.function();
    return sandbox
        .handler()
        .handleRequest(
            event,
            new InvocationContext(
                function.logicalId(),
                "invocation",
                function.memoryMegabytes(),
                function.timeout()));
  }

  @SuppressWarnings("unchecked") // Of what type its events are the caller knows.
  private RequestHandler<Object, Object> handler(
      FunctionResource function, Map<String, String> environment) {
    try {
      return Class.forName(function.handlerClass())
          .asSubclass(RequestHandler.class)
          .getConstructor(Application.class)
          .newInstance(
              new Application(
                  environment, Metrics.NONE, AwsClients.keepingConnections(), new Surroundings()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(function.handlerClass() + " cannot be made", e);
    }
  }

  /** The table, the queues, the time and Pixal3D are ours. */
  private final class Surroundings implements Wiring {
    @Override
    public <T> T part(Class<T> kind, Supplier<? extends T> made) {
      return Stream.<Object>of(dynamoDb, sqs, clock, pixal3d, new ClientOnPaper())
          .filter(part -> REPLACED.contains(kind) && kind.isInstance(part))
          .findFirst()
          .<T>map(kind::cast)
          .orElseGet(made);
    }
  }

  /** A client that takes each webhook at once. */
  private final class ClientOnPaper implements WebhookSender {
    @Override
    public Receipt send(WebhookSender.Message message) {
      meter.add(new OutsideRequest(meter.function(), "webhook"));
      return new Receipt(
          clock.instant(), Duration.ofMillis(187), 204, null, null, "1795000000", "v1,signature");
    }
  }

  private void send(String queueUrl, String body, Duration delay) {
    underWay.add(new Sent(clock.instant().plus(delay), sent++, queueUrl, body));
  }

  /** ElasticMQ knows nothing of our clock: so delays are kept here. */
  private final class Sending implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes unused) {
      return switch (context.request()) {
        case SendMessageRequest request -> {
          count("SendMessage", request.queueUrl());
          send(request.queueUrl(), request.messageBody(), delay(request.delaySeconds()));
          yield request.toBuilder().delaySeconds(0).build();
        }
        case SendMessageBatchRequest request -> {
          count("SendMessageBatch", request.queueUrl());
          var entries = new ArrayList<SendMessageBatchRequestEntry>();
          for (var entry : request.entries()) {
            send(request.queueUrl(), entry.messageBody(), delay(entry.delaySeconds()));
            entries.add(entry.toBuilder().delaySeconds(0).build());
          }
          yield request.toBuilder().entries(entries).build();
        }
        default -> throw new IllegalArgumentException("Not counted yet: " + context.request());
      };
    }

    private void count(String operation, String queueUrl) {
      meter.add(new QueueRequest(meter.function(), operation, nameOfQueue(queueUrl)));
    }

    private static Duration delay(@Nullable Integer seconds) {
      return Duration.ofSeconds(seconds == null ? 0 : seconds);
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, ExecutionInterceptor meter) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(override -> override.addExecutionInterceptor(meter))
        .build();
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
    aws.close();
  }
}
