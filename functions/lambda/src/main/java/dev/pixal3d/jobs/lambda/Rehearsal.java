package dev.pixal3d.jobs.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a function plays through before its first real one, from the event's JSON to the
 * answer's, so that these find everything loaded. AWS stands on paper, and Pixal3D and clients'
 * servers have a stand-in on this machine: nobody is told anything.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html">
 *     SnapStart, "Performance tuning"</a>
 */
public final class Rehearsal {
  private static final String UPSTREAM_ID = "pixal3d_rehearsal";

  /** What Pixal3D tells, of {@link #jobAtPixal3d()} for one. */
  public static final String REPORT =
      """
      {"request_id": "%s", "status": "COMPLETED", "error": null,
       "output": {"media_url": ["https://rehearsal.r2.dev/output.glb"], "media_type": "model/glb"}}
      """
          .formatted(UPSTREAM_ID);

  private static final String CLIENT = "rehearsal";
  private static final String API_KEY = "rehearsal";
  private static final Duration LONG_AGO = Duration.ofMinutes(5);
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI others;
  private final Application application;

  /**
   * @param environment the function's settings
   * @param clients the function's, beside which those of the rehearsal are made
   * @param others where Pixal3D and clients' servers have a stand-in, which answers with {@link
   *     #REPORT}
   */
  Rehearsal(Map<String, String> environment, AwsClients clients, URI others) {
    this.others = others;
    var settings = new HashMap<>(environment);
    settings.put(Setting.ACCEPT_SUBMITS.name(), "true");
    settings.put(Setting.ALLOW_LOOPBACK.name(), "true");
    settings.put(Setting.PIXAL3D_BASE_URL.name(), others.toString());
    this.application = new Application(settings, Telemetry.metrics(), clients.onPaper());
    var clientStore = application.clientStore();
    clientStore.put(new Client(CLIENT, true, List.of("whsec_" + "A".repeat(32))));
    clientStore.putKey(API_KEY, CLIENT);
  }

  /** What a function is to be made of to take part. */
  Application application() {
    return application;
  }

  /** Where a client's server is. */
  public URI webhookUrl() {
    return others;
  }

  /** A job that was just taken in. */
  public Job newJob() {
    return job();
  }

  /** A job that was taken in some time ago, and is overdue to be handed to Pixal3D. */
  public Job dueJob() {
    return job(application.clock().instant().minus(LONG_AGO));
  }

  /** A job that Pixal3D has taken. */
  public Job jobAtPixal3d() {
    return job(new Event.UpstreamAccepted(UPSTREAM_ID));
  }

  /** A job that is completed, and its client to be told. */
  public Job endedJob() {
    var output = new Output(List.of("https://rehearsal.r2.dev/output.glb"), "model/glb");
    var report = new Report(UPSTREAM_ID, JobStatus.COMPLETED, null, output, null);
    return job(new Event.UpstreamAccepted(UPSTREAM_ID), new Event.CalledBack(report));
  }

  private Job job(Event... events) {
    return job(application.clock().instant(), events);
  }

  private Job job(Instant when, Event... events) {
    var order =
        new Job.Order(
            "{\"image_url\":\"https://example.com/picture.png\"}",
            others,
            WebhookMode.TERMINAL,
            URI.create("https://example.com"));
    var lifecycle = application.lifecycle();
    Job job = lifecycle.accept(application.requestIds().get(), CLIENT, order, when).job();
    for (Event event : events) {
      job = lifecycle.decide(job, event, when).job();
    }
    application.jobStore().create(job);
    return job;
  }

  /**
   * Plays a request of the API through.
   *
   * @param headers besides those that every request has
   * @throws IllegalStateException if it was refused, so that not all of the way was taken
   */
  public void request(
      Function<APIGatewayV2HTTPEvent, ApiAnswer> api,
      String route,
      Map<String, String> pathParameters,
      Map<String, String> headers,
      @Nullable String body) {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", "2.0").put("routeKey", route).put("rawPath", "/").put("body", body);
    json.put("isBase64Encoded", false);
    ObjectNode all = json.putObject("headers");
    all.put("content-type", "application/json").put("ocp-apim-subscription-key", API_KEY);
    headers.forEach(all::put);
    ObjectNode parameters = json.putObject("pathParameters");
    pathParameters.forEach(parameters::put);
    ObjectNode context = json.putObject("requestContext");
    context.put("domainName", "example.com").put("requestId", "rehearsal").put("timeEpoch", 1);
    context.putObject("http").put("method", "POST").put("path", "/");

    APIGatewayV2HTTPEvent event = read(APIGatewayV2HTTPEvent.class, json);
    APIGatewayV2HTTPResponse answer =
        Http.answer(event, RehearsalContext.INSTANCE, () -> api.apply(event));
    write(APIGatewayV2HTTPResponse.class, answer);
    if (answer.getStatusCode() / 100 != 2) {
      throw new IllegalStateException(
          "%s was answered %d: %s".formatted(route, answer.getStatusCode(), answer.getBody()));
    }
  }

  /**
   * Plays a message through.
   *
   * @throws IllegalStateException if it was given back
   */
  public void message(Consumer<JobMessage> work, JobMessage message) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode line = json.putArray("Records").addObject();
    line.put("messageId", "rehearsal").put("body", JobMessageJson.write(message));
    line.put("receiptHandle", "rehearsal").put("eventSource", "aws:sqs");
    line.putObject("attributes").put("ApproximateReceiveCount", "1");
    line.putObject("messageAttributes");

    SQSBatchResponse answer =
        SqsBatch.process(read(SQSEvent.class, json), RehearsalContext.INSTANCE, TIME_FOR_ONE, work);
    write(SQSBatchResponse.class, answer);
    if (!answer.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException(message + " was given back");
    }
  }

  /** As the runtime client reads events. */
  private static <T> T read(Class<T> type, ObjectNode json) {
    return serializer(type).fromJson(new ByteArrayInputStream(json.toString().getBytes(UTF_8)));
  }

  /** As the runtime client writes answers. */
  private static <T> void write(Class<T> type, T answer) {
    serializer(type).toJson(answer, OutputStream.nullOutputStream());
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, Rehearsal.class.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }
}
