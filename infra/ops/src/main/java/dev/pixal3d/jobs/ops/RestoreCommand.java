package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** After a point-in-time restore. */
@Command(
    name = "restore",
    header = "Makes a table from a point-in-time restore fit to be dispatched from.",
    description = {
      "",
      "A restored table shows the jobs as they were at one time. Those that waited for their"
          + " dispatch",
      "then may have been submitted, and paid, since. infra/ops/RESTORE.md has the whole drill.",
      ""
    })
final class RestoreCommand extends Group {
  private static final String LOST =
      """
      Jobs made after that time are gone with their Idempotency-Keys: a client that repeats its
      submit pays once more. If the old table can be read, run this again with --old-table.\
      """;

  @Command(
      name = "prepare",
      header = "Marks what may have been paid in the lost span, so that it is not paid again.",
      description = {
        "",
        "Closes the gate in the restored table first, in a way that `dispatch resume` does not"
            + " open.",
        "Then each job that waited for its dispatch, or for the answer to its submit, gets an"
            + " unknown",
        "outcome: it is not submitted any more, not even with ON_UNKNOWN_SUBMIT=resubmit; its"
            + " callback",
        "heals it; else it ends FAILED after UNKNOWN_GRACE_SECONDS. At the end the closure is an",
        "ordinary pause. Can be repeated, also after it was broken off.",
        "",
        "With --old-table (the table that was in use till now, if it can still be read) jobs and",
        "Idempotency-Keys made after the time are taken over, clients and keys that were made"
            + " since",
        "too, and jobs that wait are brought to where they are there: cancelled, of unknown"
            + " outcome, or",
        "known by Pixal3D's own id. For that dispatch is closed in the old table, in a way that"
            + " `dispatch",
        "resume` does not open. Run it once more after the deploy, for what came meanwhile."
            + " Without",
        "--old-table such jobs are gone: their callbacks get 404, and a client that repeats its"
            + " submit",
        "pays once more.",
        ""
      })
  int prepare(
      @Option(
              names = "--restored-to",
              required = true,
              paramLabel = "TIME",
              description =
                  "The time that the table was restored to, such as 2026-11-23T09:30:00Z.")
          String restoredTo,
      @Option(
              names = "--old-table",
              paramLabel = "NAME",
              description = "The table that was in use till now.")
          @Nullable String oldTable,
      @Option(
              names = "--settle",
              paramLabel = "TIME",
              defaultValue = "65s",
              converter = DurationConverter.class,
              description =
                  "How long after the pause of the old table submits may still be under way: a"
                      + " little more than the dispatch function's timeout (default:"
                      + " ${DEFAULT-VALUE}).")
          Duration settle) {
    String restored = root().tableOption();
    if (restored == null) {
      throw OpsException.wrongUsage("Name the restored table with --table.");
    }
    if (restored.equals(oldTable)) {
      throw OpsException.wrongUsage("--table is the restored table, --old-table the other one.");
    }
    Instant time = time(restoredTo);
    return run((target, printer) -> {
      if (time.isAfter(target.clock().instant())) {
        throw OpsException.wrongUsage("--restored-to %s is in the future.".formatted(restoredTo));
      }
      Restore restore = new Restore(target, printer, time);
      Restore.Summary summary = restore.prepare(oldTable, settle);
      printer.result(
          JsonNodeFactory.instance
              .objectNode()
              .put("table", restored)
              .put("restored_to", Times.timestamp(time))
              .put("marked_unknown", summary.marked())
              .put("healed_from_old_table", summary.healed())
              .put("caught_up_with_old_table", summary.caughtUp())
              .put("copied_jobs", summary.copiedJobs())
              .put("copied_idempotency_keys", summary.copiedKeys())
              .put("copied_clients_and_api_keys", summary.copiedClients())
              .put("changed_clients_and_api_keys", summary.changedClients()),
          told(summary, restored, time, oldTable));
      return ExitCode.DONE;
    });
  }

  private String told(
      Restore.Summary summary, String restored, Instant time, @Nullable String oldTable) {
    String tool = "infra/ops/pixal3d-ops" + root().addressToPaste();
    return """
    %d jobs may have been submitted since %s: marked, never submitted again.
    %s
    Dispatch is paused in %s. What comes next (infra/ops/RESTORE.md tells more):

    %s
    %s
      %s dispatch status
      %s jobs list --due
      %s dispatch resume
    """
        .formatted(
            summary.marked(),
            Times.timestamp(time),
            oldTable == null ? LOST : takenOver(summary, oldTable),
            restored,
            deployment(restored),
            oldTable == null ? "Then:\n" : "Then run this once more, and after it:\n",
            tool,
            tool,
            tool);
  }

  /** How to deploy on a restored table, as infra/ops/RESTORE.md tells it too. */
  static String deployment(String restored) {
    return """
    In samconfig.toml, in the parameter_overrides of the environment that you deploy (prod here), put

        ExistingTableName=%s Deployment=AllAtOnce

    in the place of the Deployment that is there, and of an ExistingTableName="" that --guided wrote. Then

        sam deploy --config-env prod

    AllAtOnce, for a gradual deployment would work on two tables at a time. Afterwards put Deployment back, and keep
    ExistingTableName for good: a deployment without it silently goes back to the old table.
    """
        .formatted(restored);
  }

  private static String takenOver(Restore.Summary summary, String oldTable) {
    return """
    Taken over from %s: %d jobs, %d Idempotency-Keys, %d clients and API keys;
    %d of the marked jobs are known again, and %d jobs are as they became there since. Dispatch is
    closed there. After the deploy run this once more, before the resume: what happened in %s
    meanwhile would else be lost, and a job that was cancelled there would be paid.\
    """
        .formatted(
            oldTable,
            summary.copiedJobs(),
            summary.copiedKeys(),
            summary.copiedClients(),
            summary.healed(),
            summary.caughtUp(),
            oldTable);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw OpsException.wrongUsage(
          "--restored-to takes a time in UTC such as 2026-11-23T09:30:00Z, not '%s'."
              .formatted(text));
    }
  }
}
