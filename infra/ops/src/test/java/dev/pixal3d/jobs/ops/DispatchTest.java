package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.gate.GateKeeper.Admission;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DispatchTest {
  private final Tool tool = new Tool();

  @BeforeEach
  @AfterEach
  void leaveTheGateOpen() {
    Tool.openGate();
    Tool.taken("DispatchQueue");
    Tool.taken("SweepQueue");
  }

  @Test
  void aPauseHoldsWhatTheFunctionsWouldDispatchUntilItIsLifted() {
    assertThat(tool.run("dispatch", "pause", "--why", "wrong prices").code()).isZero();

    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
    JsonNode status = tool.run("dispatch", "status", "--json").json();
    assertThat(status.path("open").asBoolean()).isFalse();
    assertThat(status.path("reason").asText()).isEqualTo("PAUSED");
    assertThat(status.path("why").asText()).isEqualTo("wrong prices");
    assertThat(tool.run("dispatch", "status").out()).contains("paused").contains("wrong prices");

    assertThat(tool.run("dispatch", "resume").code()).isZero();

    assertThat(keeper().ask()).isInstanceOf(Admission.Open.class);
    assertThat(tool.run("dispatch", "status").out()).contains("open");
  }

  @Test
  void aPauseTakesThePlaceOfAClosureByPixal3d() {
    closeFor402();

    assertThat(tool.run("dispatch", "status").out()).contains("INSUFFICIENT_BALANCE");
    assertThat(tool.run("dispatch", "pause").code()).isZero();

    assertThat(Tool.GATE.load().orElseThrow().reason()).isEqualTo(Gate.Reason.PAUSED);
  }

  @Test
  void aClosureByPixal3dCanBeEndedEarly() {
    closeFor402();

    assertThat(tool.run("dispatch", "resume", "--json").json().path("was_open").asBoolean())
        .isFalse();

    assertThat(keeper().ask()).isInstanceOf(Admission.Open.class);
  }

  @Test
  void nobodyLiftsTheClosureOfARestoreThatHasNotEnded() {
    Tool.GATE.save(null, Gate.restoring("to some time", Tool.now()));

    assertThat(tool.run("dispatch", "resume").code()).isEqualTo(6);
    assertThat(tool.run("dispatch", "pause").code()).isEqualTo(6);
    assertThat(tool.run("dispatch", "status").out()).contains("restored");
    assertThat(keeper().ask()).isInstanceOf(Admission.Closed.class);
  }

  @Test
  void jobsThatWereHeldGoOnAtOnceIfWanted() {
    Job job =
        Tool.after(
            Tool.accepted("held"),
            new Event.DispatchHeld(1, Tool.now().plusSeconds(180), "PAUSED"));
    tool.run("dispatch", "pause");

    JsonNode resumed = tool.run("dispatch", "resume", "--now", "--json").json();

    assertThat(resumed.path("requeued").asInt()).isPositive();
    assertThat(Tool.taken("DispatchQueue"))
        .contains("{\"dispatch\":\"%s\",\"attempt\":3}".formatted(job.id()));
  }

  @Test
  void tellsWhenJobsThatWereHeldLookAgain() {
    tool.run("dispatch", "pause");
    assertThat(tool.run("dispatch", "resume").out()).contains("within five minutes");

    closeFor402();
    String until = Times.timestamp(Tool.GATE.load().orElseThrow().until());
    assertThat(tool.run("dispatch", "resume").out())
        .contains(until)
        .contains("resume --now")
        .doesNotContain("five minutes");
  }

  @Test
  void theOpeningIsToldBeforeTheJobsAreGoneThrough() {
    tool.run("dispatch", "pause");

    assertThat(tool.run("dispatch", "resume", "--now").err()).contains("Dispatch is open");
  }

  /** Each requeue moves a job to the end of the index that names them. */
  @Test
  @Timeout(120)
  void eachJobThatWasHeldGoesOnOnceHoweverManyThereAre() {
    List<Job> held = Tool.acceptedInOneShard(150, Tool.now().minusSeconds(600));

    tool.run("dispatch", "resume", "--now");

    assertThat(held).map(job -> Tool.JOBS.load(job.id()).orElseThrow().attempt()).containsOnly(2);
    held.forEach(job -> Tool.after(job, new Event.Cancelled()));
  }

  @Test
  void aSweepIsTheSchedulesOwnMessage() {
    assertThat(tool.run("sweep").code()).isZero();

    assertThat(Tool.taken("SweepQueue")).containsExactly("{\"sweep\":\"all\"}");
  }

  private static GateKeeper keeper() {
    return Tool.gateKeeper(Tool::now);
  }

  private static void closeFor402() {
    keeper()
        .learn(
            keeper().ask(),
            new SubmitOutcome.TryLater(
                SubmitOutcome.Reason.INSUFFICIENT_BALANCE, "HTTP 402", null));
  }
}
