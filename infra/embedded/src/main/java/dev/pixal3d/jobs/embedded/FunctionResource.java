package dev.pixal3d.jobs.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A function of the template, with the template's globals put in.
 *
 * @param logicalId its name in the template
 * @param handlerClass the class that handles its events, by a method named {@code handleRequest}
 * @param codeUri what is deployed: the template's path, resolved against its folder
 * @param timeout how long one call may take
 * @param memoryMegabytes what it is given
 * @param routes what reaches it over HTTP, in the template's order
 * @param queueSources what reaches it from queues, in the template's order
 */
public record FunctionResource(
    String logicalId,
    String handlerClass,
    Path codeUri,
    Duration timeout,
    int memoryMegabytes,
    List<Route> routes,
    List<QueueSource> queueSources) {
  public FunctionResource {
    routes = List.copyOf(routes);
    queueSources = List.copyOf(queueSources);
  }
}
