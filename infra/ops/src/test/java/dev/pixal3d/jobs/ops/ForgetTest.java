package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.Authentication.Caller;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of one client's data: taken out, and forgotten. */
class ForgetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Event[] TO_ITS_END = {
    new Event.DispatchBegan(1),
    new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
    new Event.CalledBack(Jobs.report(JobStatus.COMPLETED))
  };

  private final Tool tool = new Tool();

  @Test
  void anExportHoldsTheClientItsEndpointsAndItsJobsWholeButNoSecret(@TempDir Path folder)
      throws IOException {
    tool.run("keys", "create", "exported");
    Job job = Tool.after(Tool.acceptedWithWebhook("exported"), TO_ITS_END);
    Tool.ENDPOINTS.save(
        null, new Endpoint(Endpoint.Key.of("exported", Jobs.WEBHOOK_URL), 1, Tool.now(), null));
    Path file = folder.resolve("exported.jsonl");

    assertThat(tool.run("export", "--client", "exported", "--out", file.toString()).code())
        .isZero();

    List<JsonNode> lines = read(file);
    assertThat(lines)
        .extracting(line -> line.path("type").asText())
        .containsExactly("client", "endpoint", "job");
    assertThat(lines.getLast().path("request_id").asText()).isEqualTo(job.id().value());
    assertThat(lines.getLast().path("webhook").path("url").asText())
        .isEqualTo(Jobs.WEBHOOK_URL.toString());
    assertThat(Files.readString(file)).doesNotContain("whsec_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(tool.run("export", "--client", "exported", "--out", file.toString()).code())
        .as("a file that is there is left")
        .isEqualTo(6);
    assertThat(tool.run("export", "--client", "exported").out().lines()).hasSize(3);
  }

  @Test
  void nothingOfAForgottenClientIsLeftInTheTable() {
    String key = tool.run("keys", "create", "gone", "--json").json().path("api_key").asText();
    String secret = Tool.CLIENTS.findByName("gone").orElseThrow().webhookSecrets().getFirst();
    Tool.ENDPOINTS.save(
        null, new Endpoint(Endpoint.Key.of("gone", Jobs.WEBHOOK_URL), 1, Tool.now(), null));
    Job completed =
        Tool.after(
            Tool.accepted(
                "gone",
                new Job.Order(
                    "{\"image_url\":\"https://example.com/of-gone.png\"}",
                    URI.create("https://of-gone.example.com/hook"),
                    WebhookMode.TERMINAL,
                    URI.create("https://api.example.com")),
                Tool.now()),
            TO_ITS_END);

    Tool.Run run = tool.run("forget", "--client", "gone", "--yes", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().path("forgotten").asInt()).isEqualTo(1);
    assertThat(everything()).doesNotContain("of-gone").doesNotContain(secret);
    assertThat(caller(key)).isInstanceOf(Caller.Disabled.class);
    Job tombstone = Tool.JOBS.load(completed.id()).orElseThrow();
    assertThat(tombstone.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(tombstone.upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
    assertThat(tombstone.expiresAt()).isAfter(Tool.now());
    assertThat(tool.run("jobs", "show", completed.id().value()).code()).isZero();
    assertThat(tool.run("keys", "create", "gone").code()).as("the name stays taken").isEqualTo(6);
    assertThat(tool.run("keys", "enable", "--client", "gone").code()).isEqualTo(6);
  }

  @Test
  void aRepeatedSubmitFindsTheTombstoneAndPaysNothing() {
    Instant now = Tool.now();
    Decision accepted =
        Tool.LIFECYCLE.accept(
            new RequestIds(() -> now, new SecureRandom()).get(),
            "repeats",
            Jobs.order(WebhookMode.TERMINAL),
            now);
    var record =
        new IdempotencyRecord(
            "repeats", "key-1", "fingerprint", accepted.job().id(), now.plusSeconds(86_400));
    Tool.JOBS.createOnce(accepted.job(), record, now);
    Tool.after(accepted.job(), TO_ITS_END);

    tool.run("forget", "--client", "repeats", "--yes");

    assertThat(Tool.JOBS.findIdempotencyRecord("repeats", "key-1", now)).contains(record);
    assertThat(Tool.JOBS.load(record.requestId()).orElseThrow().isForgotten()).isTrue();
  }

  @Test
  void isRefusedWhileJobsAreUnderWayAndThenChangesNothing() {
    String key = tool.run("keys", "create", "busy", "--json").json().path("api_key").asText();
    Job waiting = Tool.accepted("busy");
    Job ended = Tool.after(Tool.accepted("busy"), TO_ITS_END);

    Tool.Run run = tool.run("forget", "--client", "busy", "--yes");

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err()).contains("1 jobs of busy are under way");
    assertThat(Tool.JOBS.load(waiting.id())).contains(waiting);
    assertThat(Tool.JOBS.load(ended.id())).contains(ended);
    assertThat(caller(key)).isInstanceOf(Caller.Known.class);
  }

  @Test
  void cancelsWhatWaitsIfWantedAndIsDoneOnceTheRestHasEnded() {
    tool.run("keys", "create", "cancels");
    Job waiting = Tool.acceptedWithWebhook("cancels");
    Job atPixal3d = Tool.after(Tool.accepted("cancels"), TO_ITS_END[0], TO_ITS_END[1]);

    Tool.Run first =
        tool.run("forget", "--client", "cancels", "--yes", "--cancel-waiting", "--json");

    assertThat(first.code()).isEqualTo(6);
    assertThat(first.json().path("cancelled").asInt()).isEqualTo(1);
    assertThat(first.json().path("under_way").asInt()).isEqualTo(1);
    Job cancelled = Tool.JOBS.load(waiting.id()).orElseThrow();
    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(cancelled.isForgotten()).isTrue();
    assertThat(cancelled.dueAt()).isNull();

    Tool.after(atPixal3d, TO_ITS_END[2]);
    Tool.Run second = tool.run("forget", "--client", "cancels", "--yes", "--json");
    Tool.Run third = tool.run("forget", "--client", "cancels", "--yes", "--json");

    assertThat(second.code()).isZero();
    assertThat(second.json().path("forgotten").asInt()).isEqualTo(1);
    assertThat(third.code()).isZero();
    assertThat(third.json().path("forgotten").asInt()).isZero();
  }

  @Test
  void wantsToBeToldTwice() {
    tool.run("keys", "create", "kept");

    Tool.Run run = tool.run("forget", "--client", "kept");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--yes").contains("export");
    assertThat(Tool.CLIENTS.findByName("kept").orElseThrow().enabled()).isTrue();
  }

  @Test
  void saysIfThereIsNoSuchClientAndLeavesNoFile(@TempDir Path folder) {
    Path file = folder.resolve("never-there.jsonl");

    assertThat(tool.run("forget", "--client", "never-there", "--yes").code()).isEqualTo(5);
    assertThat(tool.run("export", "--client", "never-there", "--out", file.toString()).code())
        .isEqualTo(5);
    assertThat(file).doesNotExist();
  }

  private static Caller caller(String key) {
    return new Authentication(Tool.CLIENTS, Tool::now).caller(key);
  }

  private static String everything() {
    return Tool.AWS
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(Tool.AWS.tableName()))
        .items()
        .stream()
        .toList()
        .toString();
  }

  private static List<JsonNode> read(Path file) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
