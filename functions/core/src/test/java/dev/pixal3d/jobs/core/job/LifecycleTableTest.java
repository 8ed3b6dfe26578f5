package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every situation of a job, and what every event makes of it. */
class LifecycleTableTest {
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  private static final Instant NOW = Jobs.START.plusSeconds(1);
  private static final String OTHER_ID = "pixal3d_019d0000-0000-7000-8000-0000000000bb";

  /**
   * Rows are events, columns situations. A cell is the status and what the job then waits for;
   * {@code =} nothing changes and nothing is done; {@code ~} only the timeline keeps it.
   *
   * <p>Situations: a job that waits for its dispatch, whose POST is claimed, that Pixal3D accepted,
   * that it processes, and the three ends without a webhook; the end that is owed to a client, and
   * that is being sent; and a job that its client cancelled.
   */
  private static final String TABLE =
      """
      event               | queued            | claimed           | accepted          | processing        | completed | failed | error | owed               | sending            | cancelled
      dispatch began      | QUEUED/ANSWER     | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      dispatch held       | QUEUED/DISPATCH   | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      claim lapsed        | =                 | QUEUED/DISPATCH   | =                 | =                 | =         | =      | =     | =                  | =                  | =
      accepted            | QUEUED/REPORT     | QUEUED/REPORT     | =                 | =                 | =         | =      | =     | =                  | =                  | ~
      accepted as another | QUEUED/REPORT     | QUEUED/REPORT     | ~                 | ~                 | ~         | ~      | ~     | ~                  | ~                  | ~
      refused             | =                 | FAILED/NOTHING    | =                 | =                 | =         | =      | =     | =                  | =                  | =
      busy                | =                 | QUEUED/DISPATCH   | =                 | =                 | =         | =      | =     | =                  | =                  | =
      outcome unknown     | =                 | QUEUED/ANSWER     | =                 | =                 | =         | =      | =     | =                  | =                  | =
      callback QUEUED     | QUEUED/REPORT     | QUEUED/REPORT     | QUEUED/REPORT     | PROCESSING/REPORT | ~         | ~      | ~     | ~                  | ~                  | ~
      callback PROCESSING | PROCESSING/REPORT | PROCESSING/REPORT | PROCESSING/REPORT | PROCESSING/REPORT | ~         | ~      | ~     | ~                  | ~                  | ~
      callback COMPLETED  | COMPLETED/NOTHING | COMPLETED/NOTHING | COMPLETED/NOTHING | COMPLETED/NOTHING | =         | ~      | ~     | =                  | =                  | ~
      callback FAILED     | FAILED/NOTHING    | FAILED/NOTHING    | FAILED/NOTHING    | FAILED/NOTHING    | ~         | =      | ~     | ~                  | ~                  | ~
      callback ERROR      | ERROR/NOTHING     | ERROR/NOTHING     | ERROR/NOTHING     | ERROR/NOTHING     | ~         | ~      | =     | ~                  | ~                  | ~
      callback of another | QUEUED/REPORT     | QUEUED/REPORT     | ~                 | ~                 | ~         | ~      | ~     | ~                  | ~                  | ~
      callback doubted    | =                 | =                 | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | =                  | =                  | =
      polled QUEUED       | =                 | =                 | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | =                  | =                  | =
      polled PROCESSING   | =                 | =                 | PROCESSING/REPORT | PROCESSING/REPORT | =         | =      | =     | =                  | =                  | =
      polled COMPLETED    | COMPLETED/NOTHING | COMPLETED/NOTHING | COMPLETED/NOTHING | COMPLETED/NOTHING | =         | ~      | ~     | =                  | =                  | ~
      polled FAILED       | FAILED/NOTHING    | FAILED/NOTHING    | FAILED/NOTHING    | FAILED/NOTHING    | ~         | =      | ~     | ~                  | ~                  | ~
      polled ERROR        | ERROR/NOTHING     | ERROR/NOTHING     | ERROR/NOTHING     | ERROR/NOTHING     | ~         | ~      | =     | ~                  | ~                  | ~
      poll unanswered     | =                 | =                 | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | =                  | =                  | =
      due, too early      | =                 | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      due                 | QUEUED/DISPATCH   | QUEUED/ANSWER     | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | COMPLETED/DELIVERY | COMPLETED/DELIVERY | =
      read through        | =                 | =                 | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | =                  | =                  | =
      cancelled           | CANCELLED/NOTHING | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      delivery began      | =                 | =                 | =                 | =                 | =         | =      | =     | COMPLETED/RECEIPT  | =                  | =
      delivery held       | =                 | =                 | =                 | =                 | =         | =      | =     | COMPLETED/DELIVERY | =                  | =
      delivered           | =                 | =                 | =                 | =                 | =         | =      | =     | COMPLETED/NOTHING  | COMPLETED/NOTHING  | =
      not delivered       | =                 | =                 | =                 | =                 | =         | =      | =     | =                  | COMPLETED/DELIVERY | =
      gone                | =                 | =                 | =                 | =                 | =         | =      | =     | =                  | COMPLETED/NOTHING  | =
      replay asked        | =                 | =                 | =                 | =                 | =         | =      | =     | COMPLETED/DELIVERY | =                  | =
      progress began      | =                 | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      requeued            | QUEUED/DISPATCH   | =                 | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | COMPLETED/DELIVERY | =                  | =
      requeued at risk    | QUEUED/DISPATCH   | QUEUED/DISPATCH   | QUEUED/REPORT     | PROCESSING/REPORT | =         | =      | =     | COMPLETED/DELIVERY | =                  | =
      restored            | QUEUED/ANSWER     | QUEUED/ANSWER     | =                 | =                 | =         | =      | =     | =                  | =                  | =
      restored, made later | =                | =                 | =                 | =                 | =         | =      | =     | =                  | =                  | =
      forgotten           | =                 | =                 | =                 | =                 | COMPLETED/NOTHING | FAILED/NOTHING | ERROR/NOTHING | COMPLETED/NOTHING | = | CANCELLED/NOTHING
      """;

  static Stream<Arguments> cells() {
    List<List<String>> rows =
        TABLE.lines().map(row -> Stream.of(row.split("\\|")).map(String::strip).toList()).toList();
    var cells = new ArrayList<Arguments>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int column = 1; column < row.size(); column++) {
        cells.add(Arguments.of(row.getFirst(), rows.getFirst().get(column), row.get(column)));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}, job {1}: {2}")
  @MethodSource("cells")
  void the_table_holds(String event, String situation, String expected) {
    Job job = situation(situation);
    Instant at =
        switch (event) {
          case "due" -> job.dueAt() == null ? NOW : job.dueAt();
          case "read through" -> NOW.plus(Jobs.SETTINGS.readThrough());
          default -> NOW;
        };

    Decision decision = LIFECYCLE.decide(job, event(event, job), at);

    assertThat(outcome(job, decision)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}, job {1}: {2}")
  @MethodSource("cells")
  void whatever_happens_a_job_is_due_until_nothing_more_is_to_happen(
      String event, String situation, String expected) {
    Job job = situation(situation);

    Job after = LIFECYCLE.decide(job, event(event, job), NOW).job();

    boolean rests = after.waitsFor() == WaitsFor.NOTHING;
    assertThat(after.dueAt() == null)
        .as("after '%s' (%s): no due time just when it rests", event, expected)
        .isEqualTo(rests);
    assertThat(after.expiresAt() != null).isEqualTo(rests);
    assertThat(after.completedAt() != null).isEqualTo(after.hasEnded());
    assertThat(rests && !after.hasEnded()).isFalse();
  }

  @ParameterizedTest(name = "{0}, job {1}: {2}")
  @MethodSource("cells")
  void only_a_dispatch_that_began_on_a_waiting_job_makes_the_paid_post(
      String event, String situation, String expected) {
    Job job = situation(situation);

    Decision decision = LIFECYCLE.decide(job, event(event, job), NOW);

    assertThat(decision.claims())
        .as("after '%s' (%s)", event, expected)
        .isEqualTo(event.equals("dispatch began") && situation.equals("queued"));
  }

  @ParameterizedTest(name = "{0}, job {1}: {2}")
  @MethodSource("cells")
  void only_a_delivery_that_began_on_an_owed_end_posts_to_the_client(
      String event, String situation, String expected) {
    Job job = situation(situation);

    Decision decision = LIFECYCLE.decide(job, event(event, job), NOW);

    assertThat(decision.tells())
        .as("after '%s' (%s)", event, expected)
        .isEqualTo(event.equals("delivery began") && situation.equals("owed"));
  }

  private static Job situation(String name) {
    Job queued = Jobs.accepted(Jobs.id(1));
    Event claim = new Event.DispatchBegan(1);
    Event accepted = new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
    return switch (name) {
      case "queued" -> queued;
      case "claimed" -> Jobs.after(LIFECYCLE, queued, Jobs.START, claim);
      case "accepted" -> Jobs.after(LIFECYCLE, queued, Jobs.START, claim, accepted);
      case "owed" -> owed();
      case "sending" ->
          Jobs.after(LIFECYCLE, owed(), Jobs.START, new Event.DeliveryBegan(owed().attempt()));
      case "cancelled" -> Jobs.after(LIFECYCLE, queued, Jobs.START, new Event.Cancelled());
      default ->
          Jobs.after(
              LIFECYCLE,
              queued,
              Jobs.START,
              claim,
              accepted,
              new Event.CalledBack(
                  Jobs.report(JobStatus.valueOf(name.toUpperCase(java.util.Locale.ROOT)))));
    };
  }

  private static Job owed() {
    return Jobs.after(
        LIFECYCLE,
        Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.TERMINAL),
        Jobs.START,
        new Event.DispatchBegan(1),
        new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
        new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
  }

  private static Event event(String name, Job job) {
    int attempt = job.attempt();
    String lastWord = name.substring(name.lastIndexOf(' ') + 1);
    return switch (name) {
      case "dispatch began" -> new Event.DispatchBegan(attempt);
      case "dispatch held" -> new Event.DispatchHeld(attempt, NOW.plusSeconds(60), "THROTTLED");
      case "claim lapsed" -> new Event.ClaimLapsed(attempt);
      case "accepted" -> new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
      case "accepted as another" -> new Event.UpstreamAccepted(OTHER_ID);
      case "refused" -> new Event.UpstreamRefused(attempt, 422, "no");
      case "busy" -> new Event.UpstreamBusy(attempt, "HTTP 503", Duration.ofSeconds(7));
      case "outcome unknown" -> new Event.OutcomeUnknown(attempt, "no answer");
      case "callback of another" ->
          new Event.CalledBack(new Report(OTHER_ID, JobStatus.QUEUED, null, null, null));
      case "callback doubted" -> new Event.CallbackDoubted("a foreign host");
      case "poll unanswered" -> new Event.PollUnanswered(attempt, "no answer");
      case "due", "due, too early" -> new Event.Due();
      case "read through" -> new Event.ReadThrough();
      case "cancelled" -> new Event.Cancelled();
      case "delivery began" -> new Event.DeliveryBegan(attempt);
      case "delivery held" -> new Event.DeliveryHeld(attempt, NOW.plusSeconds(60), "off");
      case "delivered" -> new Event.DeliveryAttempted(attempt, Jobs.attempt(NOW, 204), false, null);
      case "not delivered" ->
          new Event.DeliveryAttempted(attempt, Jobs.attempt(NOW, 500), false, null);
      case "gone" -> new Event.DeliveryAttempted(attempt, Jobs.attempt(NOW, 410), true, null);
      case "replay asked" -> new Event.ReplayAsked();
      case "progress began" -> new Event.ProgressBegan(1);
      case "requeued" -> new Event.Requeued(false);
      case "requeued at risk" -> new Event.Requeued(true);
      case "restored" -> new Event.Restored(Jobs.START);
      case "restored, made later" -> new Event.Restored(Jobs.START.minusMillis(1));
      case "forgotten" -> new Event.Forgotten();
      default ->
          name.startsWith("callback")
              ? new Event.CalledBack(Jobs.report(JobStatus.valueOf(lastWord)))
              : new Event.Polled(attempt, Jobs.report(JobStatus.valueOf(lastWord)));
    };
  }

  private static String outcome(Job before, Decision decision) {
    Job after = decision.job();
    if (after.equals(before)) {
      return decision.effects().isEmpty() ? "=" : "= but " + decision.effects();
    }
    if (before.status().isTerminal() || withTimelineOf(before, after).equals(before)) {
      boolean onlyTimeline = withTimelineOf(before, after).equals(before);
      if (onlyTimeline && decision.effects().isEmpty()) {
        return "~";
      }
    }
    return after.status() + "/" + after.waitsFor();
  }

  private static Job withTimelineOf(Job source, Job job) {
    return new Job(
        job.id(),
        job.client(),
        job.version(),
        job.order(),
        job.status(),
        job.waitsFor(),
        job.dueAt(),
        job.deadlineAt(),
        job.attempt(),
        job.tries(),
        job.leases(),
        job.claimedAt(),
        job.resubmitted(),
        job.upstreamId(),
        job.error(),
        job.output(),
        job.createdAt(),
        job.updatedAt(),
        job.completedAt(),
        job.expiresAt(),
        job.readThroughAt(),
        job.delivery(),
        source.timeline());
  }
}
