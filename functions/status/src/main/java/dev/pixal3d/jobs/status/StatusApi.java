package dev.pixal3d.jobs.status;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.JobBodies;
import dev.pixal3d.jobs.core.api.ListRequest;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.ReadStatus;
import dev.pixal3d.jobs.lambda.Callers;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;
import java.util.function.Function;

/**
 * All that clients read: how a job stands, what happened to it, which jobs there are. Also answers
 * what no other route takes, for an HTTP API's own 404 has not the shape that clients know.
 */
final class StatusApi implements Restorable.Primable {
  private static final String STATUS_ROUTE = "GET /v2/requests/status/{request_id}";
  private static final String TIMELINE_ROUTE = "GET /v2/requests/{request_id}/timeline";
  private static final String LIST_ROUTE = "GET /v2/requests";

  private final Authentication authentication;
  private final ReadStatus readStatus;

  StatusApi(Application application) {
    this.authentication = application.authentication();
    this.readStatus = new ReadStatus(application.jobStore(), application.transitions());
  }

  ApiAnswer answer(APIGatewayV2HTTPEvent event) {
    Headers headers = Http.headers(event);
    return switch (String.valueOf(event.getRouteKey())) {
      case STATUS_ROUTE -> admit(headers, client -> status(event, headers, client));
      case TIMELINE_ROUTE -> admit(headers, client -> timeline(event, client));
      case LIST_ROUTE -> admit(headers, client -> list(event, client));
      default ->
          ApiAnswer.notFound(
              "There is nothing at this method and path. Submit with POST"
                  + " /pixal3d/v1/pixal3d-request, ask with GET"
                  + " /v2/requests/status/{request_id}.");
    };
  }

  private ApiAnswer admit(Headers headers, Function<Client, ApiAnswer> work) {
    return Callers.admit(authentication, headers, work);
  }

  private ApiAnswer status(APIGatewayV2HTTPEvent event, Headers headers, Client client) {
    String ifNoneMatch = headers.get("If-None-Match").orElse(null);
    return readStatus
        .read(Http.pathParameter(event, "request_id"), client.name())
        .map(job -> ApiAnswer.status(job, ifNoneMatch))
        .orElseGet(ApiAnswer::noSuchRequest);
  }

  private ApiAnswer timeline(APIGatewayV2HTTPEvent event, Client client) {
    return readStatus
        .find(Http.pathParameter(event, "request_id"), client.name())
        .map(job -> ApiAnswer.json(200, JobBodies.timeline(job)))
        .orElseGet(ApiAnswer::noSuchRequest);
  }

  private ApiAnswer list(APIGatewayV2HTTPEvent event, Client client) {
    return switch (ListRequest.read(Http.query(event))) {
      case ListRequest.Invalid(var faults) -> ApiAnswer.badRequest(faults);
      case ListRequest.Valid(var request) -> {
        var page =
            readStatus.list(client.name(), request.status(), request.before(), request.limit());
        yield ApiAnswer.json(200, JobBodies.list(page.jobs(), page.last()));
      }
    };
  }

  @Override
  public Setting queue() {
    return Setting.POLL_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    Job job = rehearsal.endedJob();
    rehearsal.request(
        this::answer, STATUS_ROUTE, Map.of("request_id", job.id().value()), Map.of(), null);
  }
}
