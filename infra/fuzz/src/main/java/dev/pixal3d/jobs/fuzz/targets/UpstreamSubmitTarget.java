package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.dispatch.DispatchHandler;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.JsonText;
import dev.pixal3d.jobs.fuzz.draw.JsonText.Member;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import dev.pixal3d.jobs.fuzz.draw.Reports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pixal3D's answers to the paid POST. */
public final class UpstreamSubmitTarget implements Target<UpstreamSubmitTarget.Answer> {
  private static final int LIMIT = 64 * 1024;
  private static final Job JOB = World.QUEUED;
  private static final Set<Integer> LATER =
      Set.of(301, 307, 308, 401, 402, 403, 408, 425, 429, 503);

  /** What Pixal3D is told and might repeat. */
  private static final List<String> TOLD =
      List.of(
          World.UPSTREAM_KEY,
          World.token(JOB.id()),
          World.PUBLIC_URL + "/callbacks/" + JOB.id() + "/" + World.token(JOB.id()));

  @Override
  public String name() {
    return "upstream-submit";
  }

  @Override
  public Input draw(Chance chance) {
    return UpstreamAnswer.draw(chance, 202).with(Events.BODY, body(chance));
  }

  private static String body(Chance chance) {
    var members = new ArrayList<Member>();
    if (chance.percent(85)) {
      members.add(
          Member.of(
              "request_id",
              JsonText.string(
                  chance,
                  chance.percent(80)
                      ? "pixal3d_019d0000-0000-7000-8000-00000000000a"
                      : Noise.text(chance))));
      members.add(Member.of("status", "\"QUEUED\""));
    }
    if (chance.percent(50)) {
      members.add(Member.of(chance.oneOf("error", "Error"), Reports.words(chance, TOLD)));
      members.add(Member.of(chance.oneOf("message", "detail"), Reports.words(chance, TOLD)));
    }
    if (chance.oneIn(10)) {
      members.add(Member.of("request_id", JsonText.value(chance, 0)));
    }
    if (chance.oneIn(10)) {
      members.add(
          new Member(JsonText.string(chance, Noise.text(chance)), JsonText.value(chance, 0)));
    }
    return JsonText.body(chance, members, LIMIT);
  }

  /** What came of an answer. */
  record Answer(SQSBatchResponse batch, World world, HearsayClient client) {}

  @Override
  public Answer send(Input input) {
    HearsayClient client = UpstreamAnswer.client(input);
    World world = UpstreamAnswer.world(client);
    var message = new JobMessage.Dispatch(JOB.id(), JOB.attempt(), Duration.ZERO);
    var handler = new DispatchHandler(world.application());
    return new Answer(
        handler.handleRequest(Events.sqs(message), Invocation.CONTEXT), world, client);
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    unless(answer.batch().getBatchItemFailures().isEmpty(), "no message fails", answer.batch());
    Job job = answer.world().job(JOB.id());
    Answers.checkJob(JOB, job, World.token(JOB.id()));
    HearsayClient.Cut cut = UpstreamAnswer.cut(input);
    List<HearsayClient.Sent> sent = answer.client().sent();
    unless(sent.size() == (cut == HearsayClient.Cut.BEFORE_CONNECT ? 0 : 1), "one POST", sent);
    for (HearsayClient.Sent post : sent) {
      unless(
          new String(post.body(), UTF_8).equals(JOB.order().requestJson()),
          "a request is forwarded byte for byte",
          new String(post.body(), UTF_8));
    }
    String kind = kind(job);
    String wanted = wanted(input, cut);
    unless(
        wanted.equals(kind) || wanted.equals("open"),
        "an answer means what Pixal3D's page says",
        kind + ", not " + wanted);
    if (kind.equals("taken")) {
      unless(
          ReportOracle.id(input.bytes(Events.BODY)).equals(Optional.ofNullable(job.upstreamId())),
          "an upstream id is the one that came",
          job.upstreamId());
    }
    return kind;
  }

  private static String kind(Job job) throws ViolationException {
    if (job.status() == JobStatus.FAILED) {
      return "refused";
    }
    unless(job.status() == JobStatus.QUEUED, "an answer to a POST is no report", job.status());
    if (job.waitsFor() == WaitsFor.REPORT) {
      return "taken";
    }
    return job.waitsFor() == WaitsFor.DISPATCH ? "later" : "unknown";
  }

  private static String wanted(Input input, HearsayClient.Cut cut) {
    byte[] bytes = input.bytes(Events.BODY);
    boolean whole = cut == HearsayClient.Cut.NOT && bytes.length <= LIMIT;
    int status = UpstreamAnswer.status(input);
    if (cut == HearsayClient.Cut.BEFORE_CONNECT) {
      return "later";
    } else if (cut == HearsayClient.Cut.BEFORE_HEAD) {
      return "unknown";
    } else if (LATER.contains(status)) {
      return "later";
    } else if (status >= 400 && status <= 499) {
      return "refused";
    }
    // Nothing that Pixal3D sends is nested deeply; whether that is read is not judged here.
    boolean deep = new String(bytes, UTF_8).chars().filter(c -> c == '[' || c == '{').count() > 30;
    if (status >= 200 && status <= 299 && whole && ReportOracle.id(bytes).isPresent()) {
      return deep ? "open" : "taken";
    }
    Optional<JsonNode> body = whole ? ReportOracle.object(bytes) : Optional.empty();
    boolean isError =
        body.filter(one -> one.path("error").isTextual() && one.path("message").isTextual())
            .isPresent();
    if (status == 500 && isError) {
      return deep ? "open" : "later";
    }
    return "unknown";
  }
}
