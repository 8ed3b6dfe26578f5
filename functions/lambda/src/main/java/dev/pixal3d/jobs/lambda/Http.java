package dev.pixal3d.jobs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.telemetry.Metric;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP requests and answers as API Gateway hands them to a function and takes them back.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
public final class Http {
  private static final Logger log = LoggerFactory.getLogger(Http.class);

  /** The header that names a request for its client and in the log. */
  public static final String REQUEST_ID = "X-Request-Id";

  private Http() {}

  /** The request's headers. */
  public static Headers headers(APIGatewayV2HTTPEvent event) {
    Map<String, String> headers = event.getHeaders();
    return Headers.of(headers == null ? Map.of() : headers);
  }

  /** The request's body as it was sent, if there is one. */
  public static byte @Nullable [] body(APIGatewayV2HTTPEvent event) {
    String body = event.getBody();
    if (body == null) {
      return null;
    }
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** A part of the path that the route gives a name; empty if the route has none of that name. */
  public static String pathParameter(APIGatewayV2HTTPEvent event, String name) {
    Map<String, String> parameters = event.getPathParameters();
    return parameters == null ? "" : parameters.getOrDefault(name, "");
  }

  /** The base URL that the request came to. API Gateway takes only hosts that are its own. */
  public static URI host(APIGatewayV2HTTPEvent event) {
    return URI.create("https://" + event.getRequestContext().getDomainName());
  }

  /** The query's parameters; of one that was sent several times the values joined by commas. */
  public static Map<String, String> query(APIGatewayV2HTTPEvent event) {
    Map<String, String> query = event.getQueryStringParameters();
    return query == null ? Map.of() : query;
  }

  /**
   * Answers; our own trouble in the same shape as everything else. The answer carries, in {@value
   * #REQUEST_ID}, the id under which the log tells of the request.
   */
  public static APIGatewayV2HTTPResponse answer(
      APIGatewayV2HTTPEvent event, Context context, Supplier<ApiAnswer> work) {
    return Telemetry.invocation(context, () -> answer(event, work));
  }

  private static APIGatewayV2HTTPResponse answer(
      APIGatewayV2HTTPEvent event, Supplier<ApiAnswer> work) {
    String id = event.getRequestContext().getRequestId();
    ApiAnswer answer;
    try {
      answer = work.get();
      log.info("{} {}: {}", id, event.getRouteKey(), answer.status());
    } catch (RuntimeException e) {
      log.error("{} {} failed", id, event.getRouteKey(), e);
      Telemetry.metrics().count(Metric.WORK_FAILED);
      answer = ApiAnswer.internalError();
    } finally {
      LogContext.clear();
    }
    return response(answer.withHeader(REQUEST_ID, id));
  }

  private static APIGatewayV2HTTPResponse response(ApiAnswer answer) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status())
        .withHeaders(answer.headers())
        .withBody(answer.body())
        .withIsBase64Encoded(false)
        .build();
  }
}
