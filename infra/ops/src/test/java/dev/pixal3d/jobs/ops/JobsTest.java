package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final Event CLAIMED = new Event.DispatchBegan(1);
  private static final Event ACCEPTED = new Event.UpstreamAccepted(Jobs.UPSTREAM_ID);
  private static final Event COMPLETED = new Event.CalledBack(Jobs.report(JobStatus.COMPLETED));

  private final Tool tool = new Tool();

  @BeforeEach
  void beginWithEmptyQueues() {
    Tool.taken("DispatchQueue");
    Tool.taken("PollQueue");
    Tool.taken("NotifyQueue");
  }

  @Test
  void showsAllThatIsKnownOfAJob() {
    Job owed = Tool.after(Tool.acceptedWithWebhook("show"), CLAIMED, ACCEPTED, COMPLETED);
    Job job =
        Tool.after(
            owed,
            new Event.DeliveryBegan(owed.attempt()),
            new Event.DeliveryAttempted(
                owed.attempt() + 1, Jobs.attempt(Tool.now(), 500), false, null));

    JsonNode shown = tool.run("jobs", "show", job.id().value(), "--json").json();

    assertThat(shown.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(shown.path("waits_for").asText()).isEqualTo("DELIVERY");
    assertThat(shown.path("upstream_id").asText()).isEqualTo(Jobs.UPSTREAM_ID);
    assertThat(shown.path("request").path("image_url").asText()).contains("dog.png");
    assertThat(shown.path("output").path("media_url").path(0).asText()).contains("output.glb");
    assertThat(shown.path("webhook").path("attempts").path(0).path("http_status").asInt())
        .isEqualTo(500);
    assertThat(shown.path("timeline")).hasSize(job.timeline().entries().size());
  }

  @Test
  void showsAPersonTheTimelineAndOfTheWebhookOnlyTheServer() {
    Job job = Tool.after(Tool.acceptedWithWebhook("show"), CLAIMED);

    Tool.Run shown = tool.run("jobs", "show", job.id().value());

    assertThat(shown.out())
        .contains("ANSWER")
        .contains("dispatch began")
        .contains("https://client.example.com:443")
        .doesNotContain("/hook");
  }

  @Test
  void listsAClientsJobsNewestFirst() {
    Job first = Tool.accepted("list-client");
    Job second = Tool.accepted("list-client");
    Tool.after(first, CLAIMED, ACCEPTED, COMPLETED);

    assertThat(tool.run("jobs", "list", "--client", "list-client", "--json").json())
        .extracting(job -> job.path("request_id").asText())
        .containsExactly(second.id().value(), first.id().value());
    assertThat(
            tool.run("jobs", "list", "--client", "list-client", "--status", "completed", "--json")
                .json())
        .extracting(job -> job.path("request_id").asText())
        .containsExactly(first.id().value());
    assertThat(tool.run("jobs", "list", "--client", "list-client", "--limit", "1", "--json").json())
        .hasSize(1);
    assertThat(tool.run("jobs", "list", "--client", "list-client").out())
        .contains(first.id().value());
  }

  @Test
  void listsWhatIsDueAndByHowMuchItIsOverdue() {
    Job job = Tool.accepted("list-due");
    String id = job.id().value();

    assertThat(tool.run("jobs", "list", "--due").out()).doesNotContain(id);

    Tool inTenMinutes = tool.later(Duration.ofMinutes(11));
    assertThat(inTenMinutes.run("jobs", "list", "--due", "--limit", "1000", "--json").json())
        .anySatisfy(due -> {
          assertThat(due.path("request_id").asText()).isEqualTo(id);
          assertThat(due.path("overdue_seconds").asInt()).isBetween(600, 660);
        });
    assertThat(inTenMinutes.run("jobs", "list", "--due", "--limit", "1000").out()).contains(id);
  }

  @Test
  void requeuesAJobForItsDispatchAsANewStep() {
    Job job = Tool.accepted("requeue");

    assertThat(requeue(job).code()).isZero();

    assertThat(Tool.taken("DispatchQueue"))
        .containsExactly("{\"dispatch\":\"%s\",\"attempt\":2}".formatted(job.id()));
    assertThat(Tool.JOBS.load(job.id()).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void saysThatARequeuedJobIsHeldWhileDispatchIsPaused() {
    Job job = Tool.accepted("requeue");
    tool.run("dispatch", "pause");

    Tool.Run run = requeue(job);
    Tool.openGate();

    assertThat(run.out())
        .contains("held")
        .contains("dispatch resume")
        .doesNotContain("goes to Pixal3D now");
  }

  @Test
  void requeuesAJobThatPixal3dHasByAskingAboutIt() {
    Job job = Tool.after(Tool.accepted("requeue"), CLAIMED, ACCEPTED);

    assertThat(requeue(job).code()).isZero();

    assertThat(Tool.taken("PollQueue"))
        .containsExactly("{\"poll\":\"%s\",\"attempt\":3}".formatted(job.id()));
  }

  @Test
  void requeuesAnOwedDelivery() {
    Job job = Tool.after(Tool.acceptedWithWebhook("requeue"), CLAIMED, ACCEPTED, COMPLETED);

    assertThat(requeue(job).code()).isZero();

    assertThat(Tool.taken("NotifyQueue"))
        .containsExactly("{\"notify\":\"%s\",\"attempt\":4}".formatted(job.id()));
  }

  @Test
  void doesNotSubmitAgainWhatMayHaveBeenPaidUnlessToldTo() {
    Job job = Tool.after(Tool.accepted("requeue"), CLAIMED);

    Tool.Run refused = requeue(job);

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.out()).contains("--may-pay-twice");
    assertThat(Tool.taken("DispatchQueue")).isEmpty();
    assertThat(Tool.JOBS.load(job.id())).contains(job);

    assertThat(requeue(job, "--may-pay-twice").code()).isZero();

    assertThat(Tool.taken("DispatchQueue")).hasSize(1);
    assertThat(Tool.JOBS.load(job.id()).orElseThrow().resubmitted()).isTrue();
  }

  @Test
  void doesNotRequeueWhatHasEndedAndPointsToTheReplay() {
    Job owed = Tool.after(Tool.acceptedWithWebhook("requeue"), CLAIMED, ACCEPTED, COMPLETED);
    Job told =
        Tool.after(
            owed,
            new Event.DeliveryBegan(owed.attempt()),
            new Event.DeliveryAttempted(
                owed.attempt() + 1, Jobs.attempt(Tool.now(), 204), false, null));
    assertThat(told.waitsFor()).isEqualTo(WaitsFor.NOTHING);

    Tool.Run refused = requeue(told);

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.out()).contains("/webhook/replay");
  }

  @Test
  void tellsOfEachOfSeveralJobsWhatCameOfIt() {
    Job job = Tool.accepted("requeue");
    String unknown = Jobs.id(404).value();

    Tool.Run run = tool.run("jobs", "requeue", job.id().value(), unknown, "--json");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.json())
        .extracting(one -> one.path("requeued").asBoolean())
        .containsExactly(true, false);
  }

  @Test
  void saysWhatIsNotThereAndWhatIsNoId() {
    assertThat(tool.run("jobs", "show", Jobs.id(404).value()).code()).isEqualTo(5);
    assertThat(tool.run("jobs", "show", "key#abc").code()).isEqualTo(2);
    assertThat(tool.run("jobs", "requeue", "key#abc").code()).isEqualTo(2);
    assertThat(tool.run("jobs", "list").code()).isEqualTo(2);
    assertThat(tool.run("jobs", "list", "--due", "--client", "acme").code()).isEqualTo(2);
    assertThat(tool.run("jobs", "list", "--due", "--limit", "0").code()).isEqualTo(2);
  }

  private Tool.Run requeue(Job job, String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "jobs";
    arguments[1] = "requeue";
    arguments[2] = job.id().value();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return tool.run(arguments);
  }
}
