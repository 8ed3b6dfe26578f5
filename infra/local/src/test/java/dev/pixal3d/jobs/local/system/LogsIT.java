package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What the functions log while everything goes wrong that can: of use to those who read it, of none
 * to those who should not. The processes write as on Lambda, and as much as they can be told to.
 */
@Tag("long")
@ResourceLock("processors, for many processes")
class LogsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String API_KEY = "a-key-that-nobody-may-see";
  private static final String WRONG_KEY = "a-wrong-key-that-nobody-may-see";
  private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String IN_WEBHOOK_URL = "?token=in-a-webhook-url";

  @TempDir private static Path data;

  private static final List<Simulator.Job> UPSTREAM_JOBS = new ArrayList<>();
  private static final Map<String, List<String>> LINES = new TreeMap<>();
  private static String ended;
  private static String errors;

  @BeforeAll
  static void chaos() throws Exception {
    try (Receiver receiver = Receiver.start();
        RunningStack stack = start()) {
      Client client = new Client(stack.api(), API_KEY);
      Simulator pixal3d = stack.simulator();
      String[] toldAt = {"X-Webhook-URL", receiver.url() + IN_WEBHOOK_URL};
      var jobs = new ArrayList<String>();

      jobs.add(client.submitted(toldAt));
      ended = jobs.getFirst();
      await().atMost(PATIENCE).until(() -> client.webhook(ended, "state").equals("delivered"));
      new Client(stack.api(), WRONG_KEY).submit();
      client.submitBody("{\"image_url\": 7}");
      stack.queues().send("PollQueue", "{\"poll\": \"garbage\"}");
      receiver.answers(_ -> 500);
      for (String trouble :
          List.of("callbacks=lost", "callbacks=doubled", "result=failed", "result=error")) {
        pixal3d.set("callbacks=ok", "result=ok");
        pixal3d.set(trouble);
        jobs.add(client.submitted(toldAt));
        client.ended(jobs.getLast(), PATIENCE);
      }
      for (String trouble : List.of("submit=500", "submit=hang", "submit=402")) {
        pixal3d.set(trouble);
        long before = pixal3d.stat("submits_received");
        jobs.add(client.submitted(toldAt));
        await().atMost(PATIENCE).until(() -> pixal3d.stat("submits_received") > before);
      }
      forgeCallbacks(client, pixal3d);
      pixal3d.set("submit=ok", "result=ok", "callbacks=ok");
      client.allEnded(jobs, PATIENCE);
      await().atMost(PATIENCE).until(() -> !receiver.deliveries(jobs.getLast()).isEmpty());
      UPSTREAM_JOBS.addAll(pixal3d.jobs());
      errors = stack.errors();
    }
    try (Stream<Path> files = Files.list(data.resolve("logs"))) {
      for (Path file : files.toList()) {
        LINES.put(file.getFileName().toString(), Files.readAllLines(file));
      }
    }
  }

  private static RunningStack start() {
    return RunningStack.Launch.quick()
        .with("LOG_LEVEL", "DEBUG")
        .with(
            List.of(
                "--runtime",
                "--data",
                data.toString(),
                "--key",
                API_KEY,
                "--webhook-secret",
                WEBHOOK_SECRET,
                "--simulate",
                "glb=off",
                "--simulate",
                "queued-seconds=0.1",
                "--simulate",
                "processing-seconds=0.2",
                "--simulate",
                "hang-seconds=3"))
        .start();
  }

  /** With a wrong token, and with the right one about a job of someone else's. */
  private static void forgeCallbacks(Client client, Simulator pixal3d) {
    URI callbackUrl = pixal3d.jobs().getFirst().callbackUrl();
    String report = "{\"request_id\": \"pixal3d_forged\", \"status\": \"COMPLETED\"}";
    for (URI url : List.of(callbackUrl.resolve("A".repeat(43)), callbackUrl)) {
      client.send(
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(report))
              .build());
    }
  }

  @AfterAll
  static void forget() {
    UPSTREAM_JOBS.clear();
    LINES.clear();
  }

  @Test
  void everyFunctionThatDidSomethingHasWrittenJsonLinesOnly() {
    assertThat(LINES.keySet())
        .map(file -> file.replaceFirst("\\..*", ""))
        .contains(
            "SubmitFunction",
            "StatusFunction",
            "DispatchFunction",
            "WebhookFunction",
            "PollerFunction",
            "NotifyFunction");
    LINES.forEach((file, lines) ->
        assertThat(lines)
            .as(file)
            .isNotEmpty()
            .allSatisfy(line -> assertThat(Answer.parse(line).isObject()).as(line).isTrue()));
  }

  @Test
  void everyLineOfAnInvocationNamesItsFunctionAndWhetherItStartedCold() {
    assertThat(events())
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.path("function_name").asText()).as("%s", line).endsWith("Function");
          assertThat(line.path("cold_start").isBoolean()).as("%s", line).isTrue();
        })
        .extracting(line -> line.path("cold_start").asBoolean())
        .contains(true, false);
  }

  @Test
  void aJobCanBeFollowedThroughAllFunctionsByItsIdAndClient() {
    assertThat(events().stream().filter(line -> line.path("request_id").asText().equals(ended)))
        .allSatisfy(line -> assertThat(line.path("client").asText()).isEqualTo("local"))
        .extracting(line -> line.path("function_name").asText())
        .contains("SubmitFunction", "DispatchFunction", "NotifyFunction");
  }

  @Test
  void whatHappenedIsCountedInTheEmbeddedMetricFormat() {
    var sums = new TreeMap<String, Double>();
    for (JsonNode line : metrics()) {
      JsonNode directive = line.path("_aws").path("CloudWatchMetrics").path(0);
      assertThat(directive.path("Namespace").asText()).isEqualTo("pixal3d-jobs");
      assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"Service\"]]");
      for (JsonNode metric : directive.path("Metrics")) {
        String name = metric.path("Name").asText();
        for (JsonNode value : values(line.path(name))) {
          sums.merge(name, value.asDouble(), Double::sum);
        }
      }
    }
    assertThat(sums)
        .containsEntry("JobsAccepted", 8.0)
        .hasEntrySatisfying("WorkFailed", count -> assertThat(count).isPositive())
        .containsKeys(
            "JobsDispatched",
            "SubmitsUnknown",
            "UpstreamWalletEmpty",
            "CallbacksRefused",
            "CallbacksDuplicate",
            "JobsEndedByCallback",
            "JobsEndedByPoll",
            "JobsCompleted",
            "JobsFailed",
            "JobsErrored",
            "WebhooksDelivered",
            "WebhookAttemptsFailed",
            "SweptJobs",
            "SweepLag",
            "TimeToDispatch",
            "TimeAtPixal3d",
            "TimeToDeliver");
  }

  @Test
  void noKeyNoTokenNoSecretAndNoUrlThatHoldsOneIsLogged() throws IOException {
    var secrets = new ArrayList<String>();
    secrets.addAll(
        List.of(
            API_KEY,
            WRONG_KEY,
            WEBHOOK_SECRET.substring("whsec_".length()),
            IN_WEBHOOK_URL.substring(1),
            "local-simulator",
            Files.readString(data.resolve("callback-secret")).strip(),
            "/callbacks/pixal3d_"));
    for (Simulator.Job job : UPSTREAM_JOBS) {
      String path = job.callbackUrl().getPath();
      secrets.add(path.substring(path.lastIndexOf('/') + 1));
    }
    assertThat(UPSTREAM_JOBS).isNotEmpty();

    assertThat(errors).as("stderr").doesNotContain(secrets);
    LINES.forEach(
        (file, lines) -> assertThat(String.join("\n", lines)).as(file).doesNotContain(secrets));
  }

  private static Stream<JsonNode> lines() {
    return LINES.values().stream().flatMap(List::stream).map(Answer::parse);
  }

  /** The lines of invocations, without those of an init. */
  private static List<JsonNode> events() {
    return lines()
        .filter(line -> line.has("message") && line.has("function_request_id"))
        .filter(line -> !line.path("function_request_id").isNull())
        .toList();
  }

  private static List<JsonNode> metrics() {
    return lines().filter(line -> line.has("_aws")).toList();
  }

  /** One value stands alone, several in an array. */
  private static Iterable<JsonNode> values(JsonNode value) {
    return value.isArray() ? value : List.of(value);
  }
}
