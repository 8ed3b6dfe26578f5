package dev.pixal3d.jobs.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One stack, as CloudFormation tells of it (API reference, DescribeStacks and ListStackResources);
 * its resources one a page.
 */
final class StubCloudFormation implements AutoCloseable {
  private final HttpServer server;
  private final String stack;
  private final Map<String, String> parameters;
  private final Map<String, String> resources;

  private StubCloudFormation(
      HttpServer server,
      String stack,
      Map<String, String> parameters,
      Map<String, String> resources) {
    this.server = server;
    this.stack = stack;
    this.parameters = parameters;
    this.resources = resources;
  }

  static StubCloudFormation start(
      String stack, Map<String, String> parameters, Map<String, String> resources)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
    var stub = new StubCloudFormation(server, stack, parameters, resources);
    server.createContext("/", stub::answer);
    server.start();
    return stub;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean known = request.contains("StackName=" + stack);
      String body =
          !known
              ? "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack"
                    + " with id x does not exist</Message></Error></ErrorResponse>"
              : request.contains("Action=DescribeStacks") ? describe() : list(request);
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/xml");
      exchange.sendResponseHeaders(known ? 200 : 400, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String describe() {
    return """
    <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
    <StackName>%s</StackName><Parameters>%s</Parameters>
    </member></Stacks></DescribeStacksResult></DescribeStacksResponse>\
    """
        .formatted(
            stack,
            parameters.entrySet().stream()
                .map(parameter ->
                    "<member><ParameterKey>%s</ParameterKey><ParameterValue>%s</ParameterValue></member>"
                        .formatted(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining()));
  }

  private String list(String request) {
    int page = request.contains("NextToken=") ? number(request) : 0;
    Iterator<Map.Entry<String, String>> rest = resources.entrySet().stream().skip(page).iterator();
    String member = "";
    if (rest.hasNext()) {
      Map.Entry<String, String> resource = rest.next();
      member =
          "<member><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId></member>"
              .formatted(resource.getKey(), resource.getValue());
    }
    return """
    <ListStackResourcesResponse><ListStackResourcesResult>
    <StackResourceSummaries>%s</StackResourceSummaries>%s
    </ListStackResourcesResult></ListStackResourcesResponse>\
    """
        .formatted(member, rest.hasNext() ? "<NextToken>" + (page + 1) + "</NextToken>" : "");
  }

  private static int number(String request) {
    String after = request.substring(request.indexOf("NextToken=") + "NextToken=".length());
    return Integer.parseInt(after.replaceFirst("&.*", ""));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
