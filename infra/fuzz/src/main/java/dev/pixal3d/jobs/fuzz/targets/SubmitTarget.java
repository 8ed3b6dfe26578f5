package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Requests;
import dev.pixal3d.jobs.submit.SubmitHandler;
import java.net.URI;
import java.util.List;

/** The body of {@code POST /pixal3d/v1/pixal3d-request}, of a known client. */
public final class SubmitTarget implements Target<SubmitTarget.Answer> {
  static final String ROUTE = "POST /pixal3d/v1/pixal3d-request";

  @Override
  public String name() {
    return "submit";
  }

  @Override
  public Input draw(Chance chance) {
    Input input =
        Input.empty()
            .with(Events.ROUTE, ROUTE)
            .with(Events.HEADER + "ocp-apim-subscription-key", World.API_KEY)
            .with(Events.HEADER + "content-type", "application/json")
            .with(Events.BODY, Requests.body(chance));
    return chance.oneIn(4) ? input.with(Events.BASE64, "yes") : input;
  }

  /** What came of a submit. */
  record Answer(APIGatewayV2HTTPResponse http, World world) {}

  @Override
  public Answer send(Input input) {
    return submit(input);
  }

  static Answer submit(Input input) {
    World world = new World();
    var handler = new SubmitHandler(world.application());
    return new Answer(handler.handleRequest(Events.http(input), Invocation.CONTEXT), world);
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    JsonNode body = Answers.check(answer.http());
    int status = answer.http().getStatusCode();
    unless(status == 202 || status == 400, "a submit is taken or told what is wrong", status);
    RequestOracle.Verdict verdict = RequestOracle.judge(input.bytes(Events.BODY));
    if (status == 400) {
      unless(verdict != RequestOracle.Verdict.VALID, "what is valid is taken", body);
      unless(body.has("details"), "a 400 tells each fault", body);
      unless(answer.world().newJobs().isEmpty(), "what is refused makes no job", status);
      return "400";
    }
    unless(verdict != RequestOracle.Verdict.INVALID, "what is not valid is refused", verdict);
    checkAccepted(input, answer, body);
    return "202";
  }

  /** Checks a job that was taken in. */
  static Job checkAccepted(Input input, Answer answer, JsonNode body) throws ViolationException {
    List<Job> jobs = answer.world().newJobs();
    unless(jobs.size() == 1, "what is taken makes one job", jobs.size());
    Job job = jobs.getFirst();
    unless(
        body.size() == 3
            && body.path("request_id").asText().equals(job.id().value())
            && body.path("status").asText().equals("QUEUED")
            && body.path("polling_url")
                .asText()
                .equals(World.PUBLIC_URL + "/v2/requests/status/" + job.id().value()),
        "a 202 names its job",
        body);
    unless(job.status() == JobStatus.QUEUED, "a new job is queued", job.status());
    unless(
        answer.world().sent().stream()
            .anyMatch(message ->
                message instanceof JobMessage.Dispatch dispatch && dispatch.id().equals(job.id())),
        "a new job is dispatched",
        answer.world().sent());
    String sent = Events.utf8(input.bytes(Events.BODY)).orElse("");
    String kept = job.order().requestJson();
    unless(
        RequestOracle.meaning(kept).equals(RequestOracle.meaning(sent)),
        "what is forwarded means what was sent",
        kept);
    URI image =
        RequestOracle.meaning(kept).stream()
            .filter(member -> member.name().equals("image_url"))
            .map(member -> URI.create(member.text()))
            .findFirst()
            .orElseThrow();
    unless(
        image.getRawAuthority() != null && !image.getRawAuthority().contains("@"),
        "an image has a host, and no user",
        image);
    Answers.checkJob(World.QUEUED, job);
    return job;
  }
}
