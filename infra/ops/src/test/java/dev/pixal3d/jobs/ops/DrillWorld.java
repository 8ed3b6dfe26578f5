package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.upstream.GatewayPixal3d;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A Pixal3D that counts what it charges, tables to lose and to bring back, and a clock. */
final class DrillWorld implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "upstream-key";

  private final Pixal3dSimulator simulator;
  private final Pixal3d pixal3d;
  private final List<String> tables = new ArrayList<>();
  private Duration ahead = Duration.ZERO;
  private Runnable beforeSubmit = () -> {};
  private boolean losesNextAnswer;

  private DrillWorld(Pixal3dSimulator simulator) {
    this.simulator = simulator;
    this.pixal3d =
        new GatewayPixal3d(
            simulator.baseUri(), () -> KEY, GatewayPixal3d.Timeouts.DEFAULT, this::now);
  }

  /** Callbacks are lost: what becomes of a job is found out by asking. */
  static DrillWorld start(Path folder) throws IOException {
    return new DrillWorld(
        Pixal3dSimulator.start(
            new Pixal3dSimulator.Options(
                0,
                folder,
                KEY,
                SimulatorSettings.parse(
                    List.of(
                        "glb=off",
                        "queued-seconds=0",
                        "processing-seconds=0",
                        "callbacks=lost")))));
  }

  Instant now() {
    return Tool.now().plus(ahead);
  }

  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  /** Something happens once a job is claimed, before its POST is sent. */
  void onNextSubmit(Runnable what) {
    beforeSubmit = what;
  }

  /** Pixal3D takes and charges the next job, and its answer does not come. */
  void loseNextAnswer() {
    losesNextAnswer = true;
  }

  Functions functionsOn(String table) {
    return new Functions(
        table,
        new Pixal3d() {
          @Override
          public SubmitOutcome submit(Submission submission) {
            Runnable before = beforeSubmit;
            beforeSubmit = () -> {};
            before.run();
            SubmitOutcome answer = pixal3d.submit(submission);
            boolean lost = losesNextAnswer;
            losesNextAnswer = false;
            return lost ? new SubmitOutcome.Unknown("the answer was lost") : answer;
          }

          @Override
          public StatusOutcome status(String upstreamId) {
            return pixal3d.status(upstreamId);
          }
        },
        this::now);
  }

  Tool.Run tool(String table, String... arguments) {
    return new Tool()
        .later(ahead)
        .run(
            Stream.concat(Stream.of(arguments), Stream.of("--table", table))
                .toArray(String[]::new));
  }

  /** An empty table with the keys and indexes of the template's. */
  String newTable() {
    TableDescription like =
        Tool.AWS
            .dynamoDb()
            .describeTable(describe -> describe.tableName(Tool.AWS.tableName()))
            .table();
    String name = "drill-" + UUID.randomUUID();
    Tool.AWS
        .dynamoDb()
        .createTable(create ->
            create
                .tableName(name)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(like.attributeDefinitions())
                .keySchema(like.keySchema())
                .globalSecondaryIndexes(
                    like.globalSecondaryIndexes().stream()
                        .map(index ->
                            GlobalSecondaryIndex.builder()
                                .indexName(index.indexName())
                                .keySchema(index.keySchema())
                                .projection(index.projection())
                                .build())
                        .toList()));
    tables.add(name);
    return name;
  }

  /** All items as they are now. */
  void copy(String from, String to) {
    Tool.AWS
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(from).consistentRead(true))
        .items()
        .forEach(item -> Tool.AWS.dynamoDb().putItem(put -> put.tableName(to).item(item)));
  }

  /** How often Pixal3D charged for a job of ours. */
  long charges(RequestId id) {
    return jobs()
        .filter(job -> isOf(job, id))
        .filter(job -> job.path("charged").asBoolean())
        .count();
  }

  /** Pixal3D's own id of a job of ours. */
  String upstreamJob(RequestId id) {
    return jobs()
        .filter(job -> isOf(job, id))
        .map(job -> job.path("request_id").asText())
        .findFirst()
        .orElseThrow();
  }

  void awaitEndOfAllJobs() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> jobs().allMatch(job -> job.path("status").asText().equals("COMPLETED")));
  }

  private static boolean isOf(JsonNode job, RequestId id) {
    return job.path("callback_url").asText().contains(id.value());
  }

  private Stream<JsonNode> jobs() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(simulator.baseUri().resolve("/simulator/jobs")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return StreamSupport.stream(JSON.readTree(answer.body()).spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    simulator.close();
    tables.forEach(table -> Tool.AWS.dynamoDb().deleteTable(delete -> delete.tableName(table)));
  }
}
