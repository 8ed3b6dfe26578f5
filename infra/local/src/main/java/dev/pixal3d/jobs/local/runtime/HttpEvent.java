package dev.pixal3d.jobs.local.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as an HTTP API hands it to Lambda: payload format 2.0 (API Gateway developer guide,
 * "Create AWS Lambda proxy integrations for HTTP APIs").
 */
final class HttpEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Bodies of other types, forms too, are handed on in Base64. */
  private static final Pattern TEXT_TYPE =
      Pattern.compile(
          "(text/.*|application/(.*\\+)?(json|xml)|application/javascript)",
          Pattern.CASE_INSENSITIVE);

  private HttpEvent() {}

  static byte[] of(
      HttpExchange exchange,
      byte[] body,
      RouteTable.Match<?> match,
      String requestId,
      Instant received) {
    Map<String, List<String>> sent = lowerCased(exchange);
    List<String> cookies = Optional.ofNullable(sent.remove("cookie")).orElse(List.of());
    Map<String, String> headers = new LinkedHashMap<>();
    sent.forEach((name, values) -> headers.put(name, String.join(",", values)));
    String host = headers.getOrDefault("host", "localhost");
    String sourceIp = exchange.getRemoteAddress().getAddress().getHostAddress();
    headers.put("x-forwarded-for", sourceIp);
    headers.put("x-forwarded-port", Integer.toString(exchange.getLocalAddress().getPort()));
    headers.put("x-forwarded-proto", "http");
    String path = RouteTable.decoded(exchange.getRequestURI().getRawPath());
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");

    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", match.routeKey());
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    if (!cookies.isEmpty()) {
      cookies.stream()
          .flatMap(line -> Arrays.stream(line.split(";\\s*", -1)))
          .forEach(event.withArray("cookies")::add);
    }
    event.set("headers", JSON.valueToTree(headers));
    Map<String, String> parameters = queryParameters(query);
    if (!parameters.isEmpty()) {
      event.set("queryStringParameters", JSON.valueToTree(parameters));
    }
    if (!match.pathParameters().isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(match.pathParameters()));
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", "000000000000");
    context.put("apiId", "local");
    context.put("domainName", host.replaceFirst(":\\d+$", ""));
    context.put("domainPrefix", "local");
    context
        .putObject("http")
        .put("method", exchange.getRequestMethod())
        .put("path", path)
        .put("protocol", exchange.getProtocol())
        .put("sourceIp", sourceIp)
        .put("userAgent", headers.getOrDefault("user-agent", ""));
    context.put("requestId", requestId);
    context.put("routeKey", match.routeKey());
    context.put("stage", "$default");
    context.put("time", LOG_TIME.format(received));
    context.put("timeEpoch", received.toEpochMilli());
    putBody(event, body, headers.getOrDefault("content-type", ""));
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings could not be written as JSON", e);
    }
  }

  private static Map<String, List<String>> lowerCased(HttpExchange exchange) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .addAll(values));
    return headers;
  }

  private static Map<String, String> queryParameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] nameAndValue = pair.split("=", 2);
        parameters.merge(
            URLDecoder.decode(nameAndValue[0], StandardCharsets.UTF_8),
            nameAndValue.length == 2
                ? URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8)
                : "",
            (one, next) -> one + "," + next);
      }
    }
    return parameters;
  }

  private static void putBody(ObjectNode event, byte[] body, String contentType) {
    Optional<String> text =
        TEXT_TYPE.matcher(contentType.split(";", 2)[0].strip()).matches()
            ? utf8(body)
            : Optional.empty();
    if (body.length > 0) {
      event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
    }
    event.put("isBase64Encoded", body.length > 0 && text.isEmpty());
  }

  private static Optional<String> utf8(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // JSON has no room for such bytes: they go in Base64.
    }
  }
}
