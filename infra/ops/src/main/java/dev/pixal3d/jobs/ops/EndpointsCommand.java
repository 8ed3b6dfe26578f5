package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Clients' servers that fail. */
@Command(
    name = "endpoints",
    header = "Clients' webhook servers that fail, and those that were switched off for it.",
    description = {
      "",
      "A server that has only failed for five days is switched off: one attempt an hour finds out",
      "whether it works again. What is owed to it is kept.",
      ""
    })
final class EndpointsCommand extends Group {

  @Command(
      name = "list",
      header = "Lists the servers that fail.",
      description = {"", "Those that work are not kept. Reads the whole table.", ""})
  int list() {
    return run((target, printer) -> {
      Instant now = target.clock().instant();
      List<Endpoint> failing =
          target.endpoints().all().stream()
              .sorted(Comparator.comparing(Endpoint::failingSince))
              .toList();
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new TextTable("CLIENT", "SERVER", "STATE", "FAILING SINCE", "FOR", "NEXT PROBE");
      for (Endpoint endpoint : failing) {
        json.add(JobJson.endpoint(endpoint));
        Instant probeAt = endpoint.probeAt();
        text.row(
            endpoint.key().client(),
            endpoint.key().server(),
            endpoint.isOff() ? "switched off" : "failing",
            String.valueOf(Times.timestamp(endpoint.failingSince())),
            Times.inWords(Duration.between(endpoint.failingSince(), now)),
            probeAt == null ? "-" : String.valueOf(Times.timestamp(probeAt)));
      }
      printer.result(json, failing.isEmpty() ? "No endpoint fails." : text.toString());
      return ExitCode.DONE;
    });
  }

  @Command(
      name = "enable",
      header = "Switches a server on again, once its owner says that it works.",
      description = {
        "",
        "Jobs that were held for it would look again within 90 minutes; with --now they go out at"
            + " once",
        "(reads every job that waits for anything).",
        ""
      })
  int enable(
      @Parameters(paramLabel = "CLIENT", description = "Whose server.") String client,
      @Parameters(
              paramLabel = "URL|SERVER",
              description = "A webhook URL, or the server as `endpoints list` shows it.")
          URI url,
      @Option(names = "--now", description = "Tell at once what is owed to it.") boolean now) {
    if (url.getScheme() == null || url.getHost() == null) {
      throw OpsException.wrongUsage("'%s' is no URL such as https://example.com".formatted(url));
    }
    Endpoint.Key key = Endpoint.Key.of(client, url);
    return run((target, printer) -> {
      DynamoDbEndpointStore endpoints = target.endpoints();
      if (endpoints.load(key).isEmpty()) {
        throw OpsException.notFound(
            "%s of %s does not fail. `endpoints list` shows those that do."
                .formatted(key.server(), client));
      }
      endpoints.forget(key);
      int told = now ? Requeue.all(target, WaitsFor.DELIVERY, job -> isFor(key, job)) : 0;
      printer.result(
          JsonNodeFactory.instance
              .objectNode()
              .put("client", client)
              .put("server", key.server())
              .put("enabled", true)
              .put("requeued", told),
          "%s of %s is on again.%s"
              .formatted(
                  key.server(), client, now ? " Deliveries that go out now: " + told + "." : ""));
      return ExitCode.DONE;
    });
  }

  private static boolean isFor(Endpoint.Key key, Job job) {
    URI url = job.order().webhookUrl();
    return url != null && Endpoint.Key.of(job.client(), url).equals(key);
  }
}
