package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pixal3d.jobs.core.config.ConfigException;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.QueueException;
import dev.pixal3d.jobs.core.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.core.exception.SdkException;

/** The command line of {@code infra/ops/pixal3d-ops}. */
@Command(
    name = "infra/ops/pixal3d-ops",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "pixal3d-jobs 0.1.0, operator's tool",
    usageHelpWidth = 100,
    sortOptions = false,
    header = "What an operator does to a running pixal3d-jobs by hand.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeysCommand.class,
      JobsCommand.class,
      EndpointsCommand.class,
      DlqCommand.class,
      DispatchCommand.class,
      RestoreCommand.class
    },
    description = {
      "",
      "Every command works on one system: a stack in an AWS account (--stack, with the credentials",
      "and the region that the AWS CLI uses too), or an emulator (--endpoint-url).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  pixal3d-ops keys create acme --stack pixal3d-jobs    the first key after `sam deploy`",
      "  pixal3d-ops jobs list --due --stack pixal3d-jobs     what is overdue, and by how much",
      "  pixal3d-ops dispatch pause --why \"wrong prices\" --stack pixal3d-jobs",
      "  pixal3d-ops dlq list --endpoint-url http://localhost:4566",
      "  pixal3d-ops keys list --endpoint-url dynamodb=http://127.0.0.1:8000 \\",
      "                        --endpoint-url sqs=http://127.0.0.1:9324",
      "",
      "Without --stack things are called as in template.yaml (JobsTable, DispatchQueue, ...), and"
          + " the",
      "settings (JOB_DEADLINE_SECONDS and so on) are taken from the environment; with it, both are",
      "what the stack has. AWS_ENDPOINT_URL_DYNAMODB and the like work as well.",
      "",
      "Exit codes: 0 done; 1 it did not work (the reason is on stderr); 2 wrong usage; 3 no JDK"
          + " 25;",
      "4 the build failed; 5 there is no such thing; 6 refused, for the state of things does not"
          + " allow",
      "it. `pixal3d-ops COMMAND --help` tells more of each."
    })
public final class OpsCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The stack that `sam deploy` made.")
  private @Nullable String stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      scope = ScopeType.INHERIT,
      description = "Its AWS region (default: as for the AWS CLI).")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The AWS profile to use (default: as for the AWS CLI).")
  private @Nullable String profile;

  @Option(
      names = "--endpoint-url",
      paramLabel = "[SERVICE=]URL",
      scope = ScopeType.INHERIT,
      description =
          "Where an emulator answers; dynamodb=URL, sqs=URL for one service. May be given several"
              + " times.")
  private List<String> endpointUrls = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Another table than the one that the system uses.")
  private @Nullable String table;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "One JSON document on stdout, for scripts.")
  private boolean json;

  private final Map<String, String> environment;
  private final InstantSource clock;

  OpsCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /** Runs, and exits with one of the codes that the help names. */
  public static void main(String[] arguments) {
    System.exit(
        new OpsCommand(System.getenv(), () -> Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .line()
            .execute(arguments));
  }

  /** What reads the arguments and turns what goes wrong into a sentence and an exit code. */
  CommandLine line() {
    CommandLine line = new CommandLine(this);
    line.getSubcommands().values().forEach(OpsCommand::shortenHelp);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(OpsCommand::explainUsage)
        .setExecutionExceptionHandler(OpsCommand::explain);
  }

  /** The examples are of the whole; the exit codes hold everywhere. */
  private static void shortenHelp(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .footer(
            "",
            "Exit codes: 0 done; 1 it did not work; 2 wrong usage; 5 there is no such thing; 6"
                + " refused, for",
            "the state of things does not allow it.");
    command.getSubcommands().values().forEach(OpsCommand::shortenHelp);
  }

  /** What a command does. */
  interface Work {
    ExitCode on(Target target, Printer printer);
  }

  int run(Work work) {
    try (Target target =
        Target.of(
            new Target.Address(stack, region, profile, endpointUrls, table), environment, clock)) {
      return work.on(target, printer()).code();
    }
  }

  private Printer printer() {
    CommandLine line = spec.commandLine();
    return new Printer(line.getOut(), line.getErr(), json);
  }

  /** The table that was named on the command line. */
  @Nullable String tableOption() {
    return table;
  }

  /** How this system is named in a command to paste. */
  String addressToPaste() {
    var address = new StringBuilder();
    if (stack != null) {
      address.append(" --stack ").append(stack);
    }
    if (region != null) {
      address.append(" --region ").append(region);
    }
    if (profile != null) {
      address.append(" --profile ").append(profile);
    }
    endpointUrls.forEach(url -> address.append(" --endpoint-url ").append(url));
    return address.toString();
  }

  @Command(
      name = "sweep",
      header = "Looks at once for what is due, as the schedule does every minute.",
      description = {
        "",
        "Sends the schedule's own message; the poller takes up every job whose time has come."
            + " Harmless",
        "at any time.",
        ""
      })
  int sweep() {
    return run((target, printer) -> {
      target.queues().send(List.of(new JobMessage.SweepAll()));
      printer.result(
          JsonNodeFactory.instance.objectNode().put("sent", "sweep"),
          "A sweep is on its way: what is due is taken up within seconds.");
      return ExitCode.DONE;
    });
  }

  @Command(
      name = "export",
      header = "Writes all of one client's data as JSON lines.",
      description = {
        "",
        "One line each, with a member `type`: the client and its keys (ids only: no secret is ever",
        "written), its failing endpoints, and its jobs whole, newest first. Reads the whole table"
            + " once,",
        "for keys have no index. Jobs that come meanwhile may be missing. Progress is told on"
            + " stderr.",
        ""
      })
  int export(
      @Option(names = "--client", required = true, paramLabel = "NAME", description = "Whose data.")
          String client,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "A new file, readable by its owner only (default: stdout).")
          @Nullable Path out) {
    return run((target, printer) -> new Export(target, printer, client).run(out));
  }

  @Command(
      name = "forget",
      header = "Forgets all of one client's data, for ever.",
      description = {
        "",
        "Disables the client and its keys, drops its webhook secrets, and strips its jobs of"
            + " request,",
        "webhook URL, result, error and details. What is left of a job (id, status, times,"
            + " Pixal3D's id)",
        "is what charges depend on: a repeated submit finds it, a late callback makes no second"
            + " job. It",
        "goes by itself, as ever, RETENTION_DAYS after its end. The client's name stays taken.",
        "",
        "While jobs are under way it is refused and nothing is changed, unless --cancel-waiting:"
            + " then",
        "the client is locked out, what was not handed over to Pixal3D is cancelled, and what has"
            + " ended",
        "is forgotten; run it again once the rest has ended. It can be repeated at any time."
            + " Webhooks",
        "that are still owed are not sent any more. Reads the whole table once, for keys have no"
            + " index.",
        "Backups of the table hold the data for as long as they are kept (point in time: 35 days),"
            + " logs",
        "for LogRetentionDays.",
        ""
      })
  int forget(
      @Option(names = "--client", required = true, paramLabel = "NAME", description = "Whose data.")
          String client,
      @Option(names = "--yes", description = "Without it nothing is done.") boolean yes,
      @Option(
              names = "--cancel-waiting",
              description = "Cancel jobs that were not handed over to Pixal3D.")
          boolean cancelWaiting) {
    if (!yes) {
      throw OpsException.wrongUsage(
          "This cannot be undone. Save what is to be kept with `export --client %s`, then add --yes."
              .formatted(client));
    }
    return run((target, printer) -> new Forget(target, printer, client, cancelWaiting).run());
  }

  private static int explainUsage(ParameterException trouble, String[] arguments) {
    PrintWriter err = trouble.getCommandLine().getErr();
    err.println("Error: " + trouble.getMessage());
    UnmatchedArgumentException.printSuggestions(trouble, err);
    err.println(
        trouble.getCommandLine().getCommandSpec().qualifiedName() + " --help tells what it takes.");
    err.flush();
    return ExitCode.WRONG_USAGE.code();
  }

  private static int explain(
      Exception trouble, CommandLine line, CommandLine.ParseResult arguments) {
    String sentence =
        switch (trouble) {
          case OpsException _, StoreException _, QueueException _, ConfigException _ ->
              String.valueOf(trouble.getMessage());
          case SdkException e -> "AWS says: " + e.getMessage();
          default -> "Unexpected: " + trouble;
        };
    line.getErr().println("Error: " + sentence);
    line.getErr().flush();
    return trouble instanceof OpsException known
        ? known.exitCode().code()
        : ExitCode.DID_NOT_WORK.code();
  }
}
