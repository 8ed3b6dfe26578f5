package dev.pixal3d.jobs.simulation.outside;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.simulation.aws.Cloud;
import dev.pixal3d.jobs.simulation.aws.Sandbox;
import dev.pixal3d.jobs.simulation.promise.Promises;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Pixal3D as its page tells: takes jobs for money, works, calls back; and is not always well. */
public final class SimulatedPixal3d {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long LONGEST_STORM_MILLIS = 1_200_000;
  private static final long LONGEST_LATE_MILLIS = 3 * 3_600_000L;
  private static final int LONGEST_WAIT_MILLIS = 120_000;
  private static final int LONGEST_WORK_MILLIS = 900_000;
  private static final long SYNC_PAUSE_MILLIS = 15_000;
  private static final int MOST_SYNC_REPORTS = 4;
  private static final String RESULT_HOST = "https://pub-582b.r2.dev/v1/";

  /** Pauses before a callback that was not taken is made again. */
  private static final long[] CALLBACK_PAUSES_MILLIS = {0, 10_000, 60_000, 300_000};

  private final World world;
  private final Promises promises;
  private final RandomGenerator random;
  private final Map<String, Work> works = new LinkedHashMap<>();
  private @Nullable Cloud cloud;
  private long throttledUntil;
  private long walletEmptyUntil;
  private long keyRefusedUntil;

  public SimulatedPixal3d(World world, Promises promises) {
    this.world = world;
    this.promises = promises;
    this.random = world.chance().of("pixal3d");
  }

  /** A sandbox's way here. */
  public HttpClient.Builder client(Sandbox sandbox) {
    return SimulatedHttpClient.builder(world, sandbox, this);
  }

  /** Where callbacks go. */
  public void callBackTo(Cloud system) {
    this.cloud = system;
  }

  /** An answer over HTTP. */
  record Answer(int status, Map<String, String> headers, String body) {
    Answer(int status, String body) {
      this(status, Map.of(), body);
    }
  }

  /** One accepted job. */
  private static final class Work {
    private final String id;
    private final URI callbackUrl;
    private final boolean sync;
    private final Instant createdAt;
    private JobStatus status = JobStatus.QUEUED;
    private @Nullable Instant completedAt;

    Work(String id, URI callbackUrl, boolean sync, Instant createdAt) {
      this.id = id;
      this.callbackUrl = callbackUrl;
      this.sync = sync;
      this.createdAt = createdAt;
    }

    /** The id of the job on our side: the last but one part of the callback's path. */
    String jobId() {
      return parts()[2];
    }

    String token() {
      return parts()[3];
    }

    private String[] parts() {
      return callbackUrl.getPath().split("/", -1);
    }
  }

  private Faults faults() {
    return world.faults();
  }

  private void tell(String what) {
    world.tell("pixal3d", () -> what);
  }

  Answer answer(HttpRequest request, String body) {
    return request.method().equals("POST")
        ? submit(request)
        : status(request.uri().getPath().replaceFirst(".*/", ""));
  }

  // Submits

  private Answer submit(HttpRequest request) {
    raiseStorms();
    if (world.now() < keyRefusedUntil) {
      return error(401, "Unauthorized", "Access denied due to invalid subscription key.");
    }
    if (world.now() < walletEmptyUntil) {
      return error(402, "Insufficient Balance", "Your wallet does not have enough balance.");
    }
    if (world.now() < throttledUntil) {
      Answer busy = error(429, "Too Many Requests", "Slow down.");
      long seconds = 1L + random.nextInt(120);
      return random.nextBoolean()
          ? busy
          : new Answer(429, Map.of("Retry-After", Long.toString(seconds)), busy.body());
    }
    if (faults().strikes(Fault.FAILED_AND_SAID_SO)) {
      return error(500, "Internal Server Error", "The queue is not well.");
    }
    if (faults().strikes(Fault.NOT_ACCEPTED_BEHIND_502)) {
      return new Answer(502, "<html>Bad Gateway</html>");
    }
    if (faults().strikes(Fault.REFUSED_FOR_GOOD)) {
      return error(422, "Unprocessable Entity", "The image cannot be read.");
    }
    Work work = accept(request);
    if (faults().strikes(Fault.ACCEPTED_BEHIND_502)) {
      return new Answer(502, "<html>Bad Gateway</html>");
    }
    if (faults().strikes(Fault.ACCEPTED_NAMELESS)) {
      return new Answer(202, "{\"status\":\"QUEUED\"}");
    }
    return new Answer(
        202,
        JSON.objectNode()
            .put("request_id", work.id)
            .put("status", "QUEUED")
            .put("polling_url", "https://gateway/v2/requests/status/" + work.id)
            .toString());
  }

  private void raiseStorms() {
    if (faults().strikes(Fault.THROTTLING_STORM)) {
      throttledUntil = world.now() + faults().lasts(Fault.THROTTLING_STORM, LONGEST_STORM_MILLIS);
    }
    if (faults().strikes(Fault.WALLET_EMPTY)) {
      walletEmptyUntil = world.now() + faults().lasts(Fault.WALLET_EMPTY, LONGEST_STORM_MILLIS);
    }
    if (faults().strikes(Fault.KEY_REFUSED)) {
      keyRefusedUntil = world.now() + faults().lasts(Fault.KEY_REFUSED, LONGEST_STORM_MILLIS);
    }
  }

  private Work accept(HttpRequest request) {
    URI callbackUrl = URI.create(request.headers().firstValue("X-Webhook-URL").orElseThrow());
    boolean sync = request.headers().firstValue("X-Webhook-Mode").orElseThrow().equals("sync");
    var work =
        new Work(
            "pixal3d_up-" + works.size(), callbackUrl, sync, Instant.ofEpochMilli(world.now()));
    works.put(work.id, work);
    tell("accepts " + work.jobId() + " as " + work.id);
    promises.acceptedUpstream(work.jobId());
    world.agenda().start(() -> workOn(work));
    return work;
  }

  private static Answer error(int status, String error, String message) {
    return new Answer(
        status, JSON.objectNode().put("error", error).put("message", message).toString());
  }

  // Work

  private void workOn(Work work) {
    int fate = random.nextInt(100);
    world.agenda().pause(1 + random.nextInt(LONGEST_WAIT_MILLIS));
    work.status = JobStatus.PROCESSING;
    tell(work.id + " is PROCESSING");
    for (int report = 0; work.sync && report < MOST_SYNC_REPORTS; report++) {
      callBack(work);
      world.agenda().pause(SYNC_PAUSE_MILLIS);
    }
    if (fate < 7) {
      return; // It hangs.
    }
    world.agenda().pause(1 + random.nextInt(LONGEST_WORK_MILLIS));
    end(work, fate < 15 ? JobStatus.ERROR : fate < 25 ? JobStatus.FAILED : JobStatus.COMPLETED);
  }

  private void end(Work work, JobStatus status) {
    work.status = status;
    work.completedAt = Instant.ofEpochMilli(world.now());
    tell(work.id + " is " + status);
    if (status == JobStatus.ERROR) {
      promises.refunded(work.jobId());
    } else if (status == JobStatus.COMPLETED) {
      promises.completedUpstream(work.jobId(), work.id);
    }
    callBack(work);
  }

  // Status

  private Answer status(String id) {
    Work work = works.get(id);
    if (work == null) {
      return error(404, "Not Found", "No such request.");
    }
    promises.polled(work.jobId());
    if (faults().strikes(Fault.STATUS_FAILS)) {
      return new Answer(500, "<html>Oops</html>");
    }
    if (faults().strikes(Fault.STATUS_UNKNOWN)) {
      return error(404, "Not Found", "No such request.");
    }
    ObjectNode body = report(work, work.status);
    if (faults().strikes(Fault.STATUS_ODD)) {
      body.put("updated_at", "2026-05-22 13:19:23").put("completed_at", "yesterday");
      body.put("surprise", 1).putArray("more").add("x");
      body.remove("model_id");
      if (body.path("output") instanceof ObjectNode output) {
        output.remove("media_type");
      }
    }
    if (work.status == JobStatus.COMPLETED && faults().strikes(Fault.OUTPUT_NULL)) {
      body.putNull("output");
    }
    return new Answer(200, body.toString());
  }

  private static ObjectNode report(Work work, JobStatus status) {
    ObjectNode body =
        JSON.objectNode()
            .put("request_id", work.id)
            .put("status", status.name())
            .put("model_id", "pixal3d");
    boolean failed = status == JobStatus.FAILED || status == JobStatus.ERROR;
    body.put("error", failed ? "It did not work out." : null);
    if (status == JobStatus.COMPLETED) {
      ObjectNode output = body.putObject("output");
      output.putArray("media_url").add(RESULT_HOST + work.id + "/output.glb");
      output.put("media_type", "model/glb");
    } else {
      body.putNull("output");
    }
    body.put("created_at", work.createdAt.toString());
    return body.put("completed_at", work.completedAt == null ? null : work.completedAt.toString());
  }

  // Callbacks

  private void callBack(Work work) {
    if (faults().strikes(Fault.CALLBACK_LOST)) {
      tell("loses the callback of " + work.id);
      return;
    }
    JobStatus status = work.status;
    String body = report(work, status).toString();
    long late =
        faults().strikes(Fault.CALLBACK_LATE)
            ? faults().lasts(Fault.CALLBACK_LATE, LONGEST_LATE_MILLIS)
            : 0;
    if (faults().strikes(Fault.CALLBACK_LIES)) {
      promises.liedUpstream(work.jobId());
      String lie = lie(work);
      world.agenda().startAt(world.now() + late, () -> deliver(work, lie, null));
      late += 5_000;
    }
    world.agenda().startAt(world.now() + late, () -> deliver(work, body, status));
    if (faults().strikes(Fault.CALLBACK_DOUBLED)) {
      long later = faults().lasts(Fault.CALLBACK_DOUBLED, LONGEST_LATE_MILLIS);
      world.agenda().startAt(world.now() + later, () -> deliver(work, body, status));
    }
  }

  private String lie(Work work) {
    return switch (faults().of(Fault.CALLBACK_LIES).nextInt(6)) {
      case 0 -> report(work, JobStatus.FAILED).toString();
      case 1 -> report(work, JobStatus.QUEUED).toString();
      case 2 -> report(work, JobStatus.PROCESSING).toString();
      case 3 -> report(work, JobStatus.COMPLETED).putNull("output").toString();
      case 4 -> {
        ObjectNode foreign = report(work, JobStatus.COMPLETED);
        foreign.withObject("/output").putArray("media_url").add("https://evil.example/x.glb");
        yield foreign.toString();
      }
      default ->
          report(work, JobStatus.COMPLETED).put("request_id", "pixal3d_up-another").toString();
    };
  }

  /**
   * @param truth what the callback tells, if it is true
   */
  private void deliver(Work work, String body, @Nullable JobStatus truth) {
    for (long pause : CALLBACK_PAUSES_MILLIS) {
      world.agenda().pause(pause);
      Cloud system = system();
      promises.reasonToPoll(work.jobId());
      boolean open = !DynamoDbJobStore.read(system.table().get(work.jobId())).hasEnded();
      int status = post(work.jobId(), work.token(), body, false);
      tell("calls back about " + work.id + ": " + status);
      if (status == 200 && truth == JobStatus.COMPLETED && open) {
        promises.heardCompleted(work.jobId(), system.table());
      }
      if (status >= 200 && status < 500) {
        return;
      }
    }
  }

  private int post(String jobId, String token, String body, boolean forged) {
    Optional<APIGatewayV2HTTPResponse> answer =
        system()
            .call(
                "POST /callbacks/{request_id}/{token}",
                Map.of("request_id", jobId, "token", token),
                Map.of("content-type", "application/json"),
                body,
                forged);
    return answer.map(APIGatewayV2HTTPResponse::getStatusCode).orElse(504);
  }

  private Cloud system() {
    if (cloud == null) {
      throw new IllegalStateException("There is no system to call back to");
    }
    return cloud;
  }

  // Strangers

  /** What a stranger might make of what it could learn of a job. */
  public void forge(RandomGenerator malice) {
    if (works.isEmpty()) {
      return;
    }
    Work victim = works.values().stream().toList().get(malice.nextInt(works.size()));
    Work other = works.values().stream().toList().get(malice.nextInt(works.size()));
    ObjectNode body = report(victim, JobStatus.COMPLETED);
    body.withObject("/output").putArray("media_url").add("https://pub-evil.r2.dev/x.glb");
    String token = victim.token();
    switch (malice.nextInt(6)) {
      case 0 -> token = "A".repeat(token.length());
      case 1 -> token = "";
      case 2 -> {
        if (other.jobId().equals(victim.jobId())) {
          return;
        }
        token = other.token();
      }
      case 3 -> body.put("request_id", "pixal3d_up-made-up");
      case 4 -> body.put("request_id", "pixal3d_up-made-up").put("status", "FAILED");
      default -> {
        requireRefused(post(victim.jobId(), token, "{\"request_id\":", true));
        return;
      }
    }
    boolean ended = DynamoDbJobStore.read(system().table().get(victim.jobId())).hasEnded();
    int status = post(victim.jobId(), token, body.toString(), true);
    if (!ended || !token.equals(victim.token())) {
      requireRefused(status);
    } // Else it is kept as evidence at most.
  }

  private void requireRefused(int status) {
    tell("(a stranger's callback is answered " + status + ")");
    if (status < 400) {
      throw Promises.surprise("a forged callback was answered %d", status);
    }
  }
}
