package dev.pixal3d.jobs.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * While an update is rolled out, the functions of the release before and those of this one work on
 * the same records. So each step of a job's life is taken by the one or the other, in every
 * combination, on one table.
 */
class CanaryTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FUTURE = "attribute_of_the_future";
  private static final String MEDIA = "https://pub-1.r2.dev/v1/output.glb";

  private final Map<String, String> environment = WORLD.environment();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  static Stream<Arguments> releases() {
    var all = new ArrayList<Arguments>();
    for (Release submit : Release.values()) {
      for (Release dispatch : Release.values()) {
        for (Release webhook : Release.values()) {
          for (Release notify : Release.values()) {
            all.add(Arguments.of(submit, dispatch, webhook, notify));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "submit {0}, dispatch {1}, webhook {2}, notify {3}")
  @MethodSource("releases")
  void whicheverReleaseTakesAStepTheJobEndsAndItsClientIsTold(
      Release submit, Release dispatch, Release webhook, Release notify) {
    String id = submitted(submit);
    WORLD.setAttribute(id, FUTURE, AttributeValue.fromS("kept"));

    assertThat(worksOff(dispatch, "dispatch", "DispatchQueue")).isEmpty();
    assertThat(calledBack(webhook, id).getStatusCode()).isEqualTo(200);
    assertThat(worksOff(notify, "notify", "NotifyQueue")).isEmpty();

    assertThat(status(Release.THIS, id).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(status(Release.PREVIOUS, id)).isEqualTo(status(Release.THIS, id));
    assertThat(timeline(Release.PREVIOUS, id)).isEqualTo(timeline(Release.THIS, id));
    assertThat(timeline(Release.THIS, id).path("webhook").path("state").asText())
        .isEqualTo("delivered");
    assertThat(received).map(CanaryTest::json).containsExactly(status(Release.THIS, id));
    assertThat(WORLD.attribute(id, FUTURE)).isEqualTo(AttributeValue.fromS("kept"));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Release.values())
        .flatMap(one -> Stream.of(Release.values()).map(other -> Arguments.of(one, other)));
  }

  @ParameterizedTest(name = "dispatch {0}, poller {1}")
  @MethodSource("pairs")
  void aJobWhoseCallbackIsLostEndsWhicheverReleaseAsks(Release dispatch, Release poller) {
    String id = submitted(dispatch);
    assertThat(worksOff(dispatch, "dispatch", "DispatchQueue")).isEmpty();
    await()
        .atMost(PATIENCE)
        .until(() -> upstreamJob(id).path("status").asText().equals("COMPLETED"));
    int attempt = WORLD.store().load(new RequestId(id)).orElseThrow().attempt();

    SQSBatchResponse answer =
        poller
            .queue("poller", environment)
            .handleRequest(
                Events.batch(new JobMessage.Poll(new RequestId(id), attempt, Duration.ZERO)),
                TestContext.PLENTY);

    assertThat(answer.getBatchItemFailures()).isEmpty();
    assertThat(status(dispatch, id).path("status").asText()).isEqualTo("COMPLETED");
  }

  @ParameterizedTest(name = "submit {0}, cancel {1}")
  @MethodSource("pairs")
  void aJobIsCancelledByWhicheverReleaseAndIsNotDispatchedByTheOther(
      Release submit, Release control) {
    String id = submitted(submit);
    List<JobMessage> dispatches = WORLD.take("DispatchQueue");

    APIGatewayV2HTTPResponse cancelled =
        control
            .http("control", environment)
            .handleRequest(
                Events.http(
                    "POST /v2/requests/{request_id}/cancel",
                    "/v2/requests/" + id + "/cancel",
                    Map.of("request_id", id),
                    Map.of("ocp-apim-subscription-key", FunctionWorld.API_KEY),
                    null),
                TestContext.PLENTY);
    submit
        .queue("dispatch", environment)
        .handleRequest(Events.batch(dispatches.getFirst()), TestContext.PLENTY);

    assertThat(cancelled.getStatusCode()).as(cancelled.getBody()).isEqualTo(200);
    assertThat(status(submit, id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(get(WORLD.pixal3d().baseUri().resolve("/simulator/jobs"))).doesNotContain(id);
  }

  private String submitted(Release release) {
    WORLD.take("DispatchQueue");
    WORLD.take("NotifyQueue");
    APIGatewayV2HTTPResponse answer =
        release
            .http("submit", environment)
            .handleRequest(
                Events.http(
                    "POST /pixal3d/v1/pixal3d-request",
                    "/pixal3d/v1/pixal3d-request",
                    Map.of(),
                    Map.of(
                        "content-type",
                        "application/json",
                        "ocp-apim-subscription-key",
                        FunctionWorld.API_KEY,
                        "x-webhook-url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort()),
                    "{\"image_url\": \"https://example.com/dog.png\", \"seed\": 7}"),
                TestContext.PLENTY);
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(202);
    return json(answer.getBody()).path("request_id").asText();
  }

  private List<SQSBatchResponse.BatchItemFailure> worksOff(
      Release release, String function, String queue) {
    List<JobMessage> messages = WORLD.take(queue);
    assertThat(messages).hasSize(1);
    return release
        .queue(function, environment)
        .handleRequest(Events.batch(messages.getFirst()), TestContext.PLENTY)
        .getBatchItemFailures();
  }

  private APIGatewayV2HTTPResponse calledBack(Release release, String id) {
    JsonNode upstream = upstreamJob(id);
    String path = URI.create(upstream.path("callback_url").asText()).getPath();
    return release
        .http("webhook", environment)
        .handleRequest(
            Events.http(
                "POST /callbacks/{request_id}/{token}",
                path,
                Map.of("request_id", id, "token", path.substring(path.lastIndexOf('/') + 1)),
                Map.of("content-type", "application/json"),
                """
                {"request_id": "%s", "status": "COMPLETED", "output": {"media_url": ["%s"]}}
                """
                    .formatted(upstream.path("request_id").asText(), MEDIA)),
            TestContext.PLENTY);
  }

  /** The simulated Pixal3D's record of one of our jobs. */
  private static JsonNode upstreamJob(String id) {
    for (JsonNode job : json(get(WORLD.pixal3d().baseUri().resolve("/simulator/jobs")))) {
      if (job.path("callback_url").asText().contains(id)) {
        return job;
      }
    }
    throw new AssertionError(id + " was not handed over");
  }

  private JsonNode status(Release release, String id) {
    return read(release, "GET /v2/requests/status/{request_id}", "/v2/requests/status/" + id, id);
  }

  private JsonNode timeline(Release release, String id) {
    return read(
        release, "GET /v2/requests/{request_id}/timeline", "/v2/requests/" + id + "/timeline", id);
  }

  private JsonNode read(Release release, String route, String path, String id) {
    return json(
        release
            .http("status", environment)
            .handleRequest(
                Events.http(
                    route,
                    path,
                    Map.of("request_id", id),
                    Map.of("ocp-apim-subscription-key", FunctionWorld.API_KEY),
                    null),
                TestContext.PLENTY)
            .getBody());
  }

  private static String get(URI uri) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(uri + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }
}
