package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Reports;
import dev.pixal3d.jobs.poller.PollerHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The answers of Pixal3D's status endpoint. */
public final class UpstreamStatusTarget implements Target<UpstreamStatusTarget.Answer> {
  private static final int LIMIT = 1024 * 1024;
  private static final String JOB = "job";

  @Override
  public String name() {
    return "upstream-status";
  }

  @Override
  public Input draw(Chance chance) {
    Job job = chance.oneOf(World.TAKEN, World.PROCESSING);
    // A MiB is seldom: it is a thousand usual answers.
    int limit = chance.oneIn(4) ? LIMIT : 64 * 1024;
    return UpstreamAnswer.draw(chance, 200)
        .with(JOB, job.id().value())
        .with(
            Events.BODY,
            Reports.body(
                chance, String.valueOf(job.upstreamId()), List.of(World.UPSTREAM_KEY), limit));
  }

  /** What came of an answer. */
  record Answer(SQSBatchResponse batch, World world, Job before) {}

  @Override
  public Answer send(Input input) {
    Job job =
        input.part(JOB).equals(Optional.of(World.TAKEN.id().value()))
            ? World.TAKEN
            : World.PROCESSING;
    World world = UpstreamAnswer.world(UpstreamAnswer.client(input));
    var message = new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO);
    var handler = new PollerHandler(world.application());
    return new Answer(handler.handleRequest(Events.sqs(message), Invocation.CONTEXT), world, job);
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    unless(answer.batch().getBatchItemFailures().isEmpty(), "no message fails", answer.batch());
    Job before = answer.before();
    Job job = answer.world().job(before.id());
    Answers.checkJob(before, job, World.token(before.id()));
    Optional<JsonNode> report =
        UpstreamAnswer.status(input) == 200
                && UpstreamAnswer.cut(input) == HearsayClient.Cut.NOT
                && input.bytes(Events.BODY).length <= LIMIT
            ? ReportOracle.read(input.bytes(Events.BODY))
                .filter(one -> one.path("request_id").asText().equals(before.upstreamId()))
            : Optional.empty();
    if (job.status() != before.status()) {
      unless(
          report.filter(one -> one.path("status").asText().equals(job.status().name())).isPresent(),
          "a job becomes what Pixal3D says",
          job.status());
    }
    return job.status() == before.status()
        ? report.isPresent() ? "unchanged" : "no report"
        : job.status().name();
  }
}
