package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import dev.pixal3d.jobs.fuzz.draw.Reports;
import dev.pixal3d.jobs.webhook.WebhookHandler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code POST /callbacks/{request_id}/{token}}: path and body, forged and true. */
public final class CallbackTarget implements Target<CallbackTarget.Answer> {
  private static final String ID = Events.PATH + "request_id";
  private static final String TOKEN = Events.PATH + "token";
  private static final String READ_BACK = "read back";
  private static final String STATUS = "pixal3d's status";
  private static final int LIMIT = 64 * 1024;
  private static final Pattern ALLOWED_HOST =
      Pattern.compile("https://[a-z0-9.-]*\\.(r2\\.dev|pixazo\\.ai)(:[0-9]*)?([/?#].*)?");

  @Override
  public String name() {
    return "callback";
  }

  @Override
  public Input draw(Chance chance) {
    Job job = chance.oneOf(World.JOBS);
    String id = job.id().value();
    String trueToken = World.token(job.id());
    String token = chance.oneIn(12) ? forged(chance, trueToken) : trueToken;
    if (chance.oneIn(20)) {
      id = Noise.mangled(chance, id);
    }
    String upstreamId = upstreamId(chance, job);
    List<String> told =
        List.of(trueToken, World.PUBLIC_URL + "/callbacks/" + job.id() + "/" + trueToken);
    Input input =
        Input.empty()
            .with(Events.ROUTE, "POST /callbacks/{request_id}/{token}")
            .with(ID, chance.oneIn(100) ? Noise.text(chance) : id)
            .with(TOKEN, token)
            .with(Events.BODY, Reports.body(chance, upstreamId, told, LIMIT));
    if (chance.oneIn(4)) {
      input = input.with(Events.BASE64, "yes");
    }
    if (chance.oneIn(3)) {
      input = input.with(READ_BACK, "yes");
    }
    return input.with(STATUS, chance.oneOf("the same", "not known", "silent"));
  }

  private static String forged(Chance chance, String token) {
    return switch (chance.below(6)) {
      case 0 -> Noise.text(chance);
      case 1 -> World.token(chance.oneOf(World.JOBS).id());
      case 2 -> token.toLowerCase(Locale.ROOT);
      case 3 -> token + "=";
      case 4 -> "A".repeat(43);
      default -> Noise.mangled(chance, token);
    };
  }

  private static String upstreamId(Chance chance, Job job) {
    String known = job.upstreamId();
    return known == null || chance.oneIn(20) ? Jobs.UPSTREAM_ID : known;
  }

  /** What came of a callback. */
  record Answer(APIGatewayV2HTTPResponse http, World world) {}

  @Override
  public Answer send(Input input) {
    World world = new World().with(Pixal3d.class, new Upstream(input.part(STATUS).orElse("")));
    if (input.part(READ_BACK).isPresent()) {
      world = world.with(Setting.VERIFY_CALLBACKS, "readback");
    }
    var handler = new WebhookHandler(world.application());
    return new Answer(handler.handleRequest(Events.http(input), Invocation.CONTEXT), world);
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    JsonNode body = Answers.checkBody(answer.http());
    int status = answer.http().getStatusCode();
    Optional<Job> named =
        World.JOBS.stream()
            .filter(job -> input.part(ID).equals(Optional.of(job.id().value())))
            .filter(job -> input.part(TOKEN).equals(Optional.of(World.token(job.id()))))
            .findFirst();
    for (Job before : World.JOBS) {
      Job after = answer.world().job(before.id());
      Answers.checkJob(before, after, World.token(before.id()));
      boolean changed = !after.ofVersion(1).equals(before.ofVersion(1));
      unless(
          !changed || named.equals(Optional.of(before)),
          "only the job whose token came is changed",
          after);
      if (changed) {
        checkBelieved(input, before, after);
      }
    }
    switch (status) {
      case 200, 400, 403 -> unless(named.isPresent(), "a forged callback gets a 404", status);
      case 404 -> unless(named.isEmpty(), "a true callback finds its job", body);
      case 413 ->
          unless(input.bytes(Events.BODY).length > LIMIT, "only what is long is too long", body);
      case 503 ->
          unless(
              input.part(STATUS).equals(Optional.of("silent")),
              "only Pixal3D's silence makes us ask for another callback",
              body);
      default -> throw new ViolationException("a callback has one of a few answers", "" + status);
    }
    return Integer.toString(status);
  }

  private static void checkBelieved(Input input, Job before, Job after) throws ViolationException {
    Optional<JsonNode> report = ReportOracle.read(input.bytes(Events.BODY));
    unless(report.isPresent(), "only a report changes a job", after);
    if (before.status() == after.status()) {
      return;
    }
    boolean readBack = before.upstreamId() == null || input.part(READ_BACK).isPresent();
    String said = report.map(one -> one.path("status").asText()).orElse("");
    boolean told = after.status().name().equals(said);
    boolean answered = after.status() == JobStatus.COMPLETED && readBack;
    unless(told || answered, "a job becomes what Pixal3D says", after.status());
    String knownId = before.upstreamId();
    unless(
        knownId == null
            || report.filter(one -> one.path("request_id").asText().equals(knownId)).isPresent(),
        "only a report of this very job is believed",
        after);
    if (after.status() == JobStatus.COMPLETED && !readBack && after.output() != null) {
      for (String url : after.output().mediaUrls()) {
        unless(
            ALLOWED_HOST.matcher(url.toLowerCase(Locale.ROOT)).matches(),
            "a callback's result lies where results may lie",
            url);
      }
    }
  }

  /** Pixal3D's status endpoint. */
  private record Upstream(String status) implements Pixal3d {
    @Override
    public SubmitOutcome submit(Submission submission) {
      throw new UnsupportedOperationException("A callback makes nobody submit");
    }

    @Override
    public StatusOutcome status(String upstreamId) {
      return switch (status) {
        case "not known" -> new StatusOutcome.NotKnown();
        case "silent" -> new StatusOutcome.NoAnswer("no answer");
        default ->
            new StatusOutcome.Answered(
                new Report(upstreamId, JobStatus.COMPLETED, null, Jobs.OUTPUT, null));
      };
    }
  }
}
