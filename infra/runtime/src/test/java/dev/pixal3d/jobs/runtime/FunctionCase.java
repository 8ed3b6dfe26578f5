package dev.pixal3d.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a function is there for: a real event in, the answer out, and what it has done. */
interface FunctionCase {
  /** Holds the function to it. */
  void check(Rehearsal function);

  /** By the function's name in the template. */
  Map<String, FunctionCase> CASES =
      Map.of(
          "SubmitFunction", FunctionCase::takesAJobIn,
          "StatusFunction", FunctionCase::tellsHowAJobStands,
          "ControlFunction", FunctionCase::cancelsAJob,
          "DispatchFunction", FunctionCase::handsAJobToPixal3d,
          "WebhookFunction", FunctionCase::takesWhatPixal3dCallsBack,
          "PollerFunction", FunctionCase::asksPixal3dAndSweeps,
          "NotifyFunction", FunctionCase::tellsTheClient);

  /**
   * The case of a function.
   *
   * @throws AssertionError if it has none
   */
  static FunctionCase of(String function) {
    FunctionCase one = CASES.get(function);
    if (one == null) {
      throw new AssertionError("template.yaml has %s, FunctionCase has not".formatted(function));
    }
    return one;
  }

  private static void takesAJobIn(Rehearsal function) {
    JsonNode answer = function.invoke(submit());

    assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(202);
    String id = requestId(answer);
    assertThat(World.world().load(id).status()).isEqualTo(JobStatus.QUEUED);
    assertIsQueued("DispatchQueue", id);
  }

  /** A job is to be taken in. */
  static byte[] submit() {
    return Events.http(
        "POST",
        "/pixal3d/v1/pixal3d-request",
        Map.of(),
        World.API_KEY,
        "{\"image_url\": \"https://example.com/dog.png\"}");
  }

  /** The id of the job that was taken in. */
  static String requestId(JsonNode answer) {
    return body(answer).path("request_id").asText();
  }

  private static void tellsHowAJobStands(Rehearsal function) {
    Job job = World.world().job(null, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));

    JsonNode answer =
        function.invoke(
            Events.http(
                "GET",
                "/v2/requests/status/{request_id}",
                Map.of("request_id", job.id().value()),
                World.API_KEY,
                null));

    assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(200);
    assertThat(body(answer).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(body(answer).at("/output/media_url/0").asText())
        .isEqualTo(Jobs.OUTPUT.mediaUrls().getFirst());
  }

  private static void cancelsAJob(Rehearsal function) {
    Job job = World.world().job(null);

    JsonNode answer =
        function.invoke(
            Events.http(
                "POST",
                "/v2/requests/{request_id}/cancel",
                Map.of("request_id", job.id().value()),
                World.API_KEY,
                null));

    assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(200);
    assertThat(reloaded(job).status()).isEqualTo(JobStatus.CANCELLED);
  }

  /** And gives back what is no message of ours. */
  private static void handsAJobToPixal3d(Rehearsal function) {
    Job job = World.world().job(null);
    var message = new JobMessage.Dispatch(job.id(), job.attempt(), Duration.ZERO);

    JsonNode answer =
        function.invoke(Events.sqs("no message of ours", JobMessageJson.write(message)));

    assertFailed(answer, "message-0");
    assertThat(reloaded(job).upstreamId()).startsWith("pixal3d_");
  }

  private static void takesWhatPixal3dCallsBack(Rehearsal function) {
    Job job = World.world().job(null, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
    String url =
        new CallbackTokens(() -> List.of(World.CALLBACK_SECRET))
            .callbackUrl(job.order().publicUrl(), job.id())
            .getPath();
    String token = url.substring(url.lastIndexOf('/') + 1);

    JsonNode answer =
        function.invoke(
            Events.http(
                "POST",
                "/callbacks/{request_id}/{token}",
                Map.of("request_id", job.id().value(), "token", token),
                "",
                """
                {"request_id":"%s","status":"COMPLETED","error":null,
                 "output":{"media_url":["https://pub-1.r2.dev/v1/output.glb"],"media_type":"model/glb"}}
                """
                    .formatted(Jobs.UPSTREAM_ID)));

    assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(200);
    assertThat(reloaded(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  private static void asksPixal3dAndSweeps(Rehearsal function) {
    Instant longDue = Instant.now().minusSeconds(600);
    Job job = World.world().job(longDue, null, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID));
    var poll = new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO);

    JsonNode answer =
        function.invoke(Events.sqs("{\"sweep\":\"all\"}", JobMessageJson.write(poll), "{}"));

    assertFailed(answer, "message-2");
    assertThat(reloaded(job).attempt()).as("polls").isGreaterThan(job.attempt());
    assertIsQueued("SweepQueue", "{\"sweep\":");
  }

  private static void tellsTheClient(Rehearsal function) {
    List<String> signatures = new CopyOnWriteArrayList<>();
    HttpServer receiver = receiver(signatures);
    Job job =
        World.world()
            .job(
                URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
                new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
                new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    var message = new JobMessage.Notify(job.id(), job.attempt(), Duration.ZERO);

    JsonNode answer = function.invoke(Events.sqs(JobMessageJson.write(message)));
    receiver.stop(0);

    assertFailed(answer);
    assertThat(signatures).singleElement().asString().startsWith("v1,");
    assertThat(reloaded(job).delivery().settled()).isEqualTo(Settled.DELIVERED);
  }

  private static HttpServer receiver(List<String> signatures) {
    try {
      HttpServer receiver =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      receiver.createContext(
          "/hook",
          exchange -> {
            signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      receiver.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Job reloaded(Job job) {
    return World.world().load(job.id().value());
  }

  /** Just these messages go back to their queue. */
  private static void assertFailed(JsonNode answer, String... messages) {
    assertThat(answer.path("batchItemFailures").isArray()).as("%s", answer).isTrue();
    assertThat(answer.path("batchItemFailures"))
        .extracting(failure -> failure.path("itemIdentifier").asText())
        .containsExactly(messages);
  }

  private static void assertIsQueued(String queue, String text) {
    await().atMost(Duration.ofSeconds(60)).until(() -> World.world().hasMessage(queue, text));
  }

  private static JsonNode body(JsonNode answer) {
    return Events.parse(
        answer.path("body").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
