package dev.pixal3d.jobs.status;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.ReadStatus;
import dev.pixal3d.jobs.lambda.Callers;
import dev.pixal3d.jobs.lambda.Http;
import java.util.Map;

/**
 * {@code GET /v2/requests/status/{request_id}}: tells how a job stands. Also answers what no other
 * route takes, for an HTTP API's own 404 has not the shape that clients know.
 */
public final class StatusHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final String STATUS_ROUTE = "GET /v2/requests/status/{request_id}";

  private final Authentication authentication;
  private final ReadStatus readStatus;

  /** As Lambda makes it. */
  public StatusHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public StatusHandler(Map<String, String> environment) {
    var application = new Application(environment);
    this.authentication = application.authentication();
    this.readStatus = application.readStatus();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(() ->
        STATUS_ROUTE.equals(event.getRouteKey())
            ? status(event)
            : ApiAnswer.notFound(
                "There is nothing at this method and path. Submit with POST"
                    + " /pixal3d/v1/pixal3d-request, ask with GET"
                    + " /v2/requests/status/{request_id}."));
  }

  private ApiAnswer status(APIGatewayV2HTTPEvent event) {
    return Callers.admit(
        authentication,
        Http.headers(event),
        client ->
            readStatus
                .read(Http.pathParameter(event, "request_id"), client.name())
                .map(job -> ApiAnswer.json(200, StatusBody.status(job)))
                .orElseGet(() ->
                    ApiAnswer.notFound(
                        "There is no request of this id, or it is no longer kept.")));
  }
}
