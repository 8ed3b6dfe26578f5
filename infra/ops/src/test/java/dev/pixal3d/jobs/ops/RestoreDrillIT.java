package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.api.GenerateRequest;
import dev.pixal3d.jobs.core.api.SubmitRequest;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.ClientRegistry;
import dev.pixal3d.jobs.core.store.ClientRegistry.ApiKey;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * infra/ops/RESTORE.md as it is done: the table is lost, and comes back as it was some time ago,
 * while Pixal3D went on and was paid. DynamoDB Local has no point-in-time recovery: a copy of the
 * items stands for it.
 */
class RestoreDrillIT {
  private static final URI PUBLIC_URL = URI.create("https://api.example.com");
  private static final Duration PAST_THE_GRACE = Duration.ofHours(3);

  private DrillWorld world;
  private Functions old;
  private Functions restored;
  private Instant restoredTo = Instant.EPOCH;

  private RequestId done;
  private RequestId paidSince;
  private RequestId waitedAllTheTime;
  private RequestId justBeingSubmitted;
  private RequestId madeSince;

  /** Five jobs, the backup, and what was paid in the span that it does not show. */
  @BeforeEach
  void loseASpan(@TempDir Path folder) throws IOException {
    world = DrillWorld.start(folder);
    String table = world.newTable();
    old = world.functionsOn(table);
    done = accepted(old, null);
    paidSince = accepted(old, null);
    waitedAllTheTime = accepted(old, null);
    justBeingSubmitted = accepted(old, null);
    old.dispatch(done);

    String backup = world.newTable();
    world.onNextSubmit(() -> {
      restoredTo = world.now();
      world.copy(table, backup);
    });
    old.dispatch(justBeingSubmitted);
    old.dispatch(paidSince);
    madeSince = accepted(old, "key-1");
    old.dispatch(madeSince);

    restored = world.functionsOn(backup);
    assertThat(restored.job(justBeingSubmitted).waitsFor()).isEqualTo(WaitsFor.ANSWER);
    assertThat(restored.job(paidSince).waitsFor()).isEqualTo(WaitsFor.DISPATCH);
    assertThat(restored.find(madeSince)).isEmpty();
    assertPaidOnce(done, paidSince, justBeingSubmitted, madeSince);
    world.awaitEndOfAllJobs();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void withoutTheDrillWhatWasPaidWouldBePaidAgain() {
    world.advance(Duration.ofMinutes(2));
    restored.sweepAndWork();

    assertThat(world.charges(paidSince)).isEqualTo(2);
  }

  @Test
  void afterTheDrillNothingThatWasPaidIsPaidAgain() {
    Tool.Run prepared = prepare();

    assertThat(prepared.code()).as(prepared.err()).isZero();
    assertThat(prepared.json().path("marked_unknown").asInt()).isEqualTo(3);

    // Still paused: nothing goes, whatever comes.
    RequestId fresh = accepted(restored, null);
    world.advance(Duration.ofMinutes(2));
    restored.sweepAndWork();
    assertThat(world.charges(fresh)).isZero();

    assertThat(world.tool(restored.table(), "dispatch", "resume").code()).isZero();
    world.advance(Duration.ofMinutes(10));
    restored.sweepAndWork();
    world.advance(PAST_THE_GRACE);
    restored.sweepAndWork();

    assertPaidOnce(done, paidSince, justBeingSubmitted, fresh);
    assertThat(world.charges(waitedAllTheTime)).isZero();
    assertThat(restored.job(done).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(restored.job(fresh).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(List.of(paidSince, waitedAllTheTime, justBeingSubmitted))
        .map(restored::job)
        .allSatisfy(job -> {
          assertThat(job.status()).isEqualTo(JobStatus.FAILED);
          assertThat(job.error()).contains("Outcome unknown");
        });
  }

  @Test
  void dispatchStaysClosedUntilTheMarkingIsDone() {
    // Breaks off in the middle, for that table cannot be read.
    Tool.Run brokenOff = prepare("--old-table", "no-such-table");
    assertThat(brokenOff.code()).isEqualTo(1);

    assertThat(world.tool(restored.table(), "dispatch", "resume").code()).isEqualTo(6);
    world.advance(Duration.ofMinutes(2));
    restored.sweepAndWork();
    assertPaidOnce(paidSince, justBeingSubmitted);

    assertThat(prepare().code()).isZero();

    assertThat(world.tool(restored.table(), "dispatch", "resume").code()).isZero();
  }

  @Test
  void aLateCallbackStillBringsTheResult() {
    prepare();

    ReceiveCallback.Result result = restored.callBack(paidSince, world.upstreamJob(paidSince));

    assertThat(result).isEqualTo(ReceiveCallback.Result.TAKEN);
    assertThat(restored.job(paidSince).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void fromTheOldTableComesWhatWasMadeAndPaidSince() {
    Tool.Run prepared = prepare("--old-table", old.table(), "--settle", "0s");

    assertThat(prepared.code()).as(prepared.err()).isZero();
    assertThat(prepared.json().path("copied_jobs").asInt()).isEqualTo(1);
    assertThat(prepared.json().path("copied_idempotency_keys").asInt()).isEqualTo(1);
    assertThat(prepared.json().path("healed_from_old_table").asInt()).isEqualTo(2);

    assertThat(accepted(restored, "key-1")).as("a repeated submit").isEqualTo(madeSince);
    assertThat(world.tool(restored.table(), "dispatch", "resume").code()).isZero();
    world.advance(Duration.ofMinutes(10));
    restored.sweepAndWork();

    assertPaidOnce(done, paidSince, justBeingSubmitted, madeSince);
    assertThat(List.of(done, paidSince, justBeingSubmitted, madeSince))
        .map(restored::job)
        .allSatisfy(job -> assertThat(job.status()).isEqualTo(JobStatus.COMPLETED));
  }

  @Test
  void theOldTableDispatchesNothingOnceItsJobsAreTakenOver() {
    prepare("--old-table", old.table(), "--settle", "0s");

    old.dispatch(waitedAllTheTime);

    assertThat(world.charges(waitedAllTheTime)).isZero();
  }

  @Test
  void canBeRepeatedAlsoAfterTheDeployForWhatCameMeanwhile() {
    prepare("--old-table", old.table(), "--settle", "0s");
    RequestId meanwhile = accepted(old, "key-2");

    Tool.Run again = prepare("--old-table", old.table(), "--settle", "0s");

    assertThat(again.json().path("marked_unknown").asInt()).isZero();
    assertThat(again.json().path("copied_jobs").asInt()).isEqualTo(1);
    assertThat(restored.job(meanwhile).waitsFor()).isEqualTo(WaitsFor.DISPATCH);
  }

  @Test
  void aJobThatIsCancelledInTheOldTableAfterItWasTakenOverIsNotPaid() {
    RequestId cancelled = madeLaterIn(old, "key-2");
    prepare("--old-table", old.table(), "--settle", "0s");
    old.cancel(cancelled);

    Tool.Run again = prepare("--old-table", old.table(), "--settle", "0s");
    goOnInTheRestoredTable();

    assertThat(world.charges(cancelled)).isZero();
    assertThat(again.json().path("caught_up_with_old_table").asInt()).isEqualTo(1);
    assertThat(restored.job(cancelled).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aJobThatTheRestoredTableHeldMeanwhileStillEndsAsInTheOldTable() {
    RequestId cancelled = madeLaterIn(old, null);
    prepare("--old-table", old.table(), "--settle", "0s");
    old.cancel(cancelled);
    restored.dispatch(cancelled);

    prepare("--old-table", old.table(), "--settle", "0s");
    goOnInTheRestoredTable();

    assertThat(world.charges(cancelled)).isZero();
    assertThat(restored.job(cancelled).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aJobOfTheLostSpanThatTheOldTableKnowsAsCancelledEndsSo() {
    old.cancel(waitedAllTheTime);

    prepare("--old-table", old.table(), "--settle", "0s");

    assertThat(restored.job(waitedAllTheTime).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aJobThatTheOldTableStillSubmittedWithUnknownOutcomeIsNotPaidTwice() {
    RequestId unknown = madeLaterIn(old, "key-2");
    prepare("--old-table", old.table(), "--settle", "0s");
    var gate = new DynamoDbGateStore(Tool.AWS.dynamoDb(), old.table());
    gate.open(gate.load().orElseThrow());
    world.loseNextAnswer();
    old.dispatch(unknown);

    prepare("--old-table", old.table(), "--settle", "0s");
    goOnInTheRestoredTable();

    assertPaidOnce(unknown);
    assertThat(restored.job(unknown).error()).contains("Outcome unknown");
  }

  @Test
  void theOldTableIsNotOpenedByAnOrdinaryResume() {
    prepare("--old-table", old.table(), "--settle", "0s");

    Tool.Run refused = world.tool(old.table(), "dispatch", "resume");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains(restored.table()).contains("--abandon-restore");

    assertThat(world.tool(old.table(), "dispatch", "resume", "--abandon-restore").code()).isZero();
    old.dispatch(waitedAllTheTime);
    assertPaidOnce(waitedAllTheTime);
  }

  @Test
  void isRefusedOnATableThatIsInUse() {
    Tool.Run run = new Tool().run(restoreArguments(Tool.AWS.tableName()));

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err()).contains("in use");
    assertThat(Tool.GATE.load()).isEmpty();
  }

  @Test
  void tellsWhatComesNext() {
    Tool.Run run = world.tool(restored.table(), without("--json", restoreArguments(null)));

    assertThat(run.out())
        .contains("ExistingTableName=" + restored.table() + " Deployment=AllAtOnce")
        .contains("samconfig.toml")
        .contains("sam deploy --config-env prod")
        .doesNotContain("--parameter-overrides")
        .contains("dispatch resume")
        .contains("--old-table");
  }

  /** Long enough after the restored time that nobody takes it for one of the lost span. */
  private RequestId madeLaterIn(Functions functions, @Nullable String idempotencyKey) {
    world.advance(Duration.ofMinutes(2));
    return accepted(functions, idempotencyKey);
  }

  @Test
  void whoWasShutOutInTheLostSpanStaysOut() {
    ClientRegistry clients = clientsIn(old);
    for (Functions functions : List.of(old, restored)) {
      for (String name : List.of("leaked", "counted-down", "disabled", "forgotten", "rotated")) {
        clientsIn(functions).create(new Client(name, true, List.of("whsec_before")));
        clientsIn(functions).addKey("key-of-" + name, name);
      }
    }
    List<ApiKey> keys = clients.list().keys();
    clients.disableKey(of(keys, "leaked"), world.now());
    clients.stopKey(of(keys, "counted-down"), world.now().plusSeconds(60));
    clients.enable("disabled", false);
    clients.forget("forgotten", world.now());
    clients.changeWebhookSecrets("rotated", List.of("whsec_before"), List.of("whsec_after"));

    prepare("--old-table", old.table(), "--settle", "0s");
    prepare("--old-table", old.table(), "--settle", "0s");

    for (String name : List.of("leaked", "disabled", "forgotten")) {
      assertThat(clientOfKey("key-of-" + name, world.now()).enabled()).as(name).isFalse();
    }
    assertThat(clientOfKey("key-of-counted-down", world.now()).enabled()).isTrue();
    assertThat(clientOfKey("key-of-counted-down", world.now().plusSeconds(61)).enabled()).isFalse();
    Client rotated = clientOfKey("key-of-rotated", world.now());
    assertThat(rotated).isEqualTo(new Client("rotated", true, List.of("whsec_after")));
    assertThat(clientsIn(restored).find("forgotten").orElseThrow().forgottenAt()).isNotNull();
  }

  private static ApiKey of(List<ApiKey> keys, String client) {
    return keys.stream().filter(key -> key.client().equals(client)).findFirst().orElseThrow();
  }

  private static ClientRegistry clientsIn(Functions functions) {
    return new ClientRegistry(Tool.AWS.dynamoDb(), functions.table());
  }

  private Client clientOfKey(String apiKey, Instant at) {
    return new DynamoDbClientStore(Tool.AWS.dynamoDb(), restored.table())
        .findByKey(apiKey, at)
        .orElseThrow();
  }

  @Test
  void theWrittenDrillAndTheToolTellOfTheDeployInTheSameWords() throws IOException {
    String page = Files.readString(Path.of("RESTORE.md"));

    String told = world.tool(restored.table(), without("--json", restoreArguments(null))).out();

    assertThat(page).contains(RestoreCommand.deployment("$NEW"));
    assertThat(told).contains(RestoreCommand.deployment(restored.table()));
  }

  private void goOnInTheRestoredTable() {
    assertThat(world.tool(restored.table(), "dispatch", "resume").code()).isZero();
    world.advance(Duration.ofMinutes(10));
    restored.sweepAndWork();
    world.advance(PAST_THE_GRACE);
    restored.sweepAndWork();
  }

  private Tool.Run prepare(String... more) {
    String[] arguments = restoreArguments(null);
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return world.tool(restored.table(), all);
  }

  private String[] restoreArguments(@Nullable String table) {
    List<String> arguments =
        List.of("restore", "prepare", "--restored-to", restoredTo.toString(), "--json");
    return table == null
        ? arguments.toArray(String[]::new)
        : Stream.concat(arguments.stream(), Stream.of("--table", table)).toArray(String[]::new);
  }

  private static String[] without(String option, String[] arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> !argument.equals(option))
        .toArray(String[]::new);
  }

  private static RequestId accepted(Functions functions, @Nullable String idempotencyKey) {
    String request = "{\"image_url\":\"https://example.com/dog.png\"}";
    var submit =
        new SubmitRequest(
            new GenerateRequest(request, () -> request),
            null,
            WebhookMode.TERMINAL,
            idempotencyKey);
    return switch (functions.accept(submit, PUBLIC_URL)) {
      case AcceptJob.Result.Accepted(var job, var _) -> job.id();
      case AcceptJob.Result other -> throw new AssertionError("Not accepted: " + other);
    };
  }

  private void assertPaidOnce(RequestId... jobs) {
    for (RequestId job : jobs) {
      assertThat(world.charges(job)).as("charges for %s", job).isEqualTo(1);
    }
  }
}
