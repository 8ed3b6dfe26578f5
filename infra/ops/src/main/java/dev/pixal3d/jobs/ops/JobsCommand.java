package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.Timeline;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.store.JobStore.JobPage;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Single jobs. */
@Command(
    name = "jobs",
    header = "What jobs are there, what is known of one, and doing now what one waits for.",
    description = {
      "",
      "A job WAITS FOR one of these:",
      "  DISPATCH  its turn to be handed to Pixal3D",
      "  ANSWER    the answer to its submit; past a minute or two: its outcome is unknown",
      "  REPORT    word from Pixal3D, which has it",
      "  DELIVERY  its turn to be told to its client; RECEIPT: it is being told",
      "  NOTHING   it has ended",
      ""
    })
final class JobsCommand extends Group {
  private static final int PAGE = 100;

  /** Which jobs to list. */
  static final class Which {
    @Option(names = "--client", paramLabel = "NAME", description = "One client's, newest first.")
    private @Nullable String client;

    @Option(
        names = "--due",
        description =
            "Those whose time has come, the longest overdue first. A healthy system has few.")
    private boolean due;
  }

  @Command(
      name = "show",
      header = "Shows all that is known of a job, what happened to it and when.",
      description = {
        "",
        "Of its webhook only the server is shown, since paths may hold secrets.",
        ""
      })
  int show(@Parameters(paramLabel = "ID", description = "Its request_id.") String id) {
    return run((target, printer) -> {
      Job job =
          target
              .jobs()
              .load(id(id))
              .orElseThrow(() ->
                  OpsException.notFound(
                      "There is no job %s: never made here, or kept no longer.".formatted(id)));
      ObjectNode json = withoutWebhookPath(job);
      printer.result(json, text(job, json, target.clock().instant()));
      return ExitCode.DONE;
    });
  }

  private static ObjectNode withoutWebhookPath(Job job) {
    ObjectNode json = JobJson.whole(job);
    if (json.get("webhook") instanceof ObjectNode webhook && job.order().webhookUrl() != null) {
      webhook.remove("url");
      webhook.put("server", Endpoint.Key.of(job.client(), job.order().webhookUrl()).server());
    }
    return json;
  }

  private static String text(Job job, ObjectNode json, Instant now) {
    var text = new StringBuilder();
    json.properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          if (!value.isArray() && !value.isNull() && !member.getKey().equals("webhook")) {
            line(text, member.getKey(), value.isObject() ? value.toString() : value.asText());
          }
        });
    if (job.dueAt() != null) {
      Duration overdue = Duration.between(job.dueAt(), now);
      line(text, overdue.isNegative() ? "due in" : "overdue by", Times.inWords(overdue.abs()));
    }
    text.append("\ntimeline\n");
    for (Timeline.Entry entry : job.timeline().entries()) {
      text.append("  ").append(Times.timestamp(entry.at())).append("  ").append(entry.what());
      if (!entry.detail().isEmpty()) {
        text.append(": ").append(entry.detail());
      }
      if (entry.count() > 1) {
        text.append(" (")
            .append(entry.count())
            .append(" times, last ")
            .append(Times.timestamp(entry.lastAt()))
            .append(')');
      }
      text.append('\n');
    }
    if (json.get("webhook") instanceof ObjectNode webhook) {
      text.append("\nwebhook to ").append(webhook.path("server").asText());
      text.append(", mode ").append(webhook.path("mode").asText()).append('\n');
      for (JsonNode attempt : webhook.path("attempts")) {
        text.append(
            "  %s  %s  %s ms%s%n"
                .formatted(
                    attempt.path("at").asText(),
                    attempt.path("http_status").isNull()
                        ? "no answer"
                        : "HTTP " + attempt.path("http_status").asText(),
                    attempt.path("duration_ms").asText(),
                    attempt.path("error").isNull() ? "" : "  " + attempt.path("error").asText()));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-13s %s%n".formatted(name, value));
  }

  @Command(
      name = "list",
      header = "Lists a client's jobs, or those that are due.",
      description = {""})
  int list(
      @ArgGroup(exclusive = true, multiplicity = "1") Which which,
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "Only these: ${COMPLETION-CANDIDATES}.")
          @Nullable JobStatus status,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "How many at the most (default: ${DEFAULT-VALUE}).")
          int limit) {
    if (limit < 1) {
      throw OpsException.wrongUsage("--limit takes a number from 1, not " + limit + ".");
    }
    String client = which.client;
    return run((target, printer) -> {
      List<Job> jobs =
          client == null || which.due
              ? due(target, status, limit)
              : of(target, client, status, limit);
      Instant now = target.clock().instant();
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new TextTable("JOB", "CLIENT", "STATUS", "WAITS FOR", "MADE", "OVERDUE BY");
      for (Job job : jobs) {
        ObjectNode node = JobJson.brief(job);
        Duration overdue = job.dueAt() == null ? null : Duration.between(job.dueAt(), now);
        boolean late = overdue != null && !overdue.isNegative();
        node.put("overdue_seconds", late && overdue != null ? overdue.toSeconds() : null);
        json.add(node);
        text.row(
            job.id().value(),
            job.client(),
            job.status().name(),
            job.waitsFor().name(),
            String.valueOf(Times.timestamp(job.createdAt())),
            late && overdue != null ? Times.inWords(overdue) : "-");
      }
      printer.result(json, jobs.isEmpty() ? nothing(client) : text.toString());
      return ExitCode.DONE;
    });
  }

  private static String nothing(@Nullable String client) {
    return client == null ? "Nothing is due." : "There is no such job of " + client + ".";
  }

  private static List<Job> due(Target target, @Nullable JobStatus status, int limit) {
    JobStore jobs = target.jobs();
    Instant now = target.clock().instant();
    return DueIndex.dueBy(target, now)
        .map(DueJob::id)
        .map(jobs::load)
        .flatMap(Optional::stream)
        // The index may lag its table.
        .filter(job -> job.dueAt() != null && !job.dueAt().isAfter(now))
        .filter(job -> status == null || job.status() == status)
        .limit(limit)
        .toList();
  }

  private static List<Job> of(Target target, String client, @Nullable JobStatus status, int limit) {
    JobStore jobs = target.jobs();
    var found = new ArrayList<Job>();
    RequestId before = null;
    do {
      JobPage page = jobs.findByClient(client, before, PAGE);
      page.jobs().stream()
          .filter(job -> status == null || job.status() == status)
          .limit((long) limit - found.size())
          .forEach(found::add);
      before = page.last();
    } while (before != null && found.size() < limit);
    return found;
  }

  @Command(
      name = "requeue",
      header = "Does now what jobs wait for: hands over, asks Pixal3D, tells the client.",
      description = {
        "",
        "Safe at any time: a message that was under way for the job becomes stale, nothing is done",
        "twice. Not a job whose submit's outcome is unknown (it waits for ANSWER): submitting it"
            + " again",
        "may be paid twice, so that takes --may-pay-twice, and the job is marked as resubmitted"
            + " for",
        "good. Not an ended job that is told: its client can replay the webhook.",
        ""
      })
  int requeue(
      @Parameters(paramLabel = "ID", arity = "1..*", description = "Their request_ids.")
          List<String> ids,
      @Option(
              names = "--may-pay-twice",
              description = "Submit again although the first submit may have been taken and paid.")
          boolean mayPayTwice) {
    List<RequestId> wanted = ids.stream().map(JobsCommand::id).toList();
    return run((target, printer) -> {
      Transitions transitions = target.transitions();
      JobStore jobs = target.jobs();
      Instant now = target.clock().instant();
      Optional<Gate> closed = target.gate().load().filter(gate -> gate.isClosed(now));
      ExitCode worst = ExitCode.DONE;
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new StringBuilder();
      for (RequestId id : wanted) {
        Requeue.Outcome outcome =
            jobs.load(id)
                .map(job -> Requeue.one(transitions, closed, job, mayPayTwice))
                .orElseGet(() -> new Requeue.Outcome(ExitCode.NOT_FOUND, "is not known"));
        json.addObject()
            .put("request_id", id.value())
            .put("requeued", outcome.code() == ExitCode.DONE)
            .put("words", outcome.words());
        text.append(id).append(' ').append(outcome.words()).append('\n');
        worst = outcome.code().compareTo(worst) > 0 ? outcome.code() : worst;
      }
      printer.result(json, text.toString());
      return worst;
    });
  }

  private static RequestId id(String text) {
    return RequestId.parse(text)
        .orElseThrow(() ->
            OpsException.wrongUsage(
                "'%s' is no request_id: pixal3d_ and a UUIDv7 in lower case.".formatted(text)));
  }
}
