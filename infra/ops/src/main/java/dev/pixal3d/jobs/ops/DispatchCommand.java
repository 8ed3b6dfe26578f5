package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.job.WaitsFor;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gate before Pixal3D. */
@Command(
    name = "dispatch",
    header = "The gate: whether jobs are handed to Pixal3D at all.",
    description = {
      "",
      "Pixal3D's refusals close it for a while (402 wallet empty, 401/403 key refused, 429 too"
          + " many",
      "requests), and a probe opens it again. A pause holds until `dispatch resume`.",
      ""
    })
final class DispatchCommand extends Group {

  @Command(
      name = "status",
      header = "Tells whether the gate is open, and if not, why.",
      description = "")
  int status() {
    return run((target, printer) -> {
      Optional<Gate> gate = target.gate().load();
      Instant now = target.clock().instant();
      printer.result(
          gate.map(DispatchCommand::json).orElseGet(DispatchCommand::open),
          gate.map(closed -> text(closed, now)).orElse("Dispatch is open."));
      return ExitCode.DONE;
    });
  }

  private static ObjectNode open() {
    return JsonNodeFactory.instance.objectNode().put("open", true);
  }

  private static ObjectNode json(Gate gate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("open", false)
        .put("reason", gate.reason().name())
        .put("why", gate.why())
        .put("closed_at", Times.timestamp(gate.closedAt()))
        .put("until", gate.isClosedByHand() ? null : Times.timestamp(gate.until()))
        .put("closures", gate.closures())
        .put("probing", gate.probing());
  }

  private static String text(Gate gate, Instant now) {
    String since = "since " + Times.timestamp(gate.closedAt());
    String why = gate.why() == null ? "" : ": " + gate.why();
    return switch (gate.reason()) {
      case PAUSED -> "Dispatch is paused %s%s. `dispatch resume` goes on.".formatted(since, why);
      case RESTORING ->
          "Dispatch is closed %s for a restore%s. `dispatch resume` does not open it: a restored table waits for the end of `restore prepare`, and the one that it takes over from stays closed."
              .formatted(since, why);
      case INSUFFICIENT_BALANCE, UNAUTHORIZED, THROTTLED ->
          "Dispatch is closed %s by Pixal3D: %s, %d times in a row. %s"
              .formatted(
                  since,
                  gate.reason(),
                  gate.closures(),
                  gate.probing()
                      ? "A probe is under way."
                      : gate.isClosed(now)
                          ? "A probe tries it at %s; `dispatch resume` opens it now."
                              .formatted(Times.timestamp(gate.until()))
                          : "The next job is the probe.");
    };
  }

  @Command(
      name = "pause",
      header = "Stops handing jobs to Pixal3D, until `dispatch resume`.",
      description = {
        "",
        "Submits are still taken (to refuse them too, deploy with AcceptSubmits=false). What was"
            + " handed",
        "over goes on to its end. The clock of waiting jobs does not stop: one that is not handed"
            + " over",
        "within JOB_DEADLINE_SECONDS of its submit ends ERROR, not charged. A submit that is under"
            + " way",
        "just now (at most a minute) is not called back.",
        ""
      })
  int pause(
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              description = "For whoever looks next. Jobs' clients do not see it.")
          @Nullable String why) {
    return run((target, printer) -> {
      Instant now = target.clock().instant();
      new GateSwitch(target.gate()).pause(why, now);
      printer.result(
          json(Gate.paused(why, now)),
          "Dispatch is paused. Jobs that wait longer than JOB_DEADLINE_SECONDS (%d s) end ERROR, not charged."
              .formatted(target.config().lifecycle().jobDeadline().toSeconds()));
      return ExitCode.DONE;
    });
  }

  @Command(
      name = "resume",
      header = "Opens the gate: after a pause, or before Pixal3D's own time is up.",
      description = {
        "",
        "Jobs that a pause held look again within five minutes, spread; those that a closure by"
            + " Pixal3D",
        "held, after the time that it was to end. With --now they all go on at once, as fast as",
        "MaxConcurrentDispatch lets them (reads every job that waits for anything).",
        ""
      })
  int resume(
      @Option(names = "--now", description = "Have those that were held go on at once.")
          boolean atOnce,
      @Option(
              names = "--abandon-restore",
              description =
                  "Open it although a restore closed it. Only for a table whose restore has been"
                      + " given up: if the restored one is used as well, jobs are paid twice.")
          boolean abandonRestore) {
    return run((target, printer) -> {
      Optional<Gate> gate = target.gate().load();
      var gateSwitch = new GateSwitch(target.gate());
      if (abandonRestore) {
        gateSwitch.openForAll();
      } else {
        gateSwitch.open();
      }
      String opened = gate.isEmpty() ? "Dispatch was open already." : "Dispatch is open again.";
      if (atOnce) {
        printer.progress(opened + " Looking for jobs that were held...");
      }
      int requeued = atOnce ? Requeue.all(target, WaitsFor.DISPATCH, _ -> true) : 0;
      printer.result(
          open().put("was_open", gate.isEmpty()).put("requeued", requeued),
          opened
              + (atOnce
                  ? " Jobs that go on now: " + requeued + "."
                  : gate.map(DispatchCommand::lookAgain).orElse("")));
      return ExitCode.DONE;
    });
  }

  private static String lookAgain(Gate opened) {
    return opened.isClosedByHand()
        ? " Jobs that were held look again within five minutes."
        : " Jobs that were held look again from %s on, spread; `dispatch resume --now` has them go on at once."
            .formatted(Times.timestamp(opened.until()));
  }
}
