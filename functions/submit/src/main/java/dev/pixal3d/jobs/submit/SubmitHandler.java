package dev.pixal3d.jobs.submit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.lambda.Callers;
import dev.pixal3d.jobs.lambda.Http;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /pixal3d/v1/pixal3d-request}: takes a job in. Other models are told of as missing.
 */
public final class SubmitHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final String MODEL = "pixal3d";
  private static final String SUBMIT_ROUTE = "POST /pixal3d/v1/pixal3d-request";

  private final Authentication authentication;
  private final SubmitRequestReader reader;
  private final AcceptJob acceptJob;
  private final Optional<URI> publicUrl;

  /** As Lambda makes it. */
  public SubmitHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public SubmitHandler(Map<String, String> environment) {
    var application = new Application(environment);
    this.authentication = application.authentication();
    this.reader = application.submitRequestReader();
    this.acceptJob = application.acceptJob();
    this.publicUrl = application.publicUrl();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(
        event,
        () -> Callers.admit(authentication, Http.headers(event), client -> submit(event, client)));
  }

  private ApiAnswer submit(APIGatewayV2HTTPEvent event, Client client) {
    if (!SUBMIT_ROUTE.equals(event.getRouteKey())) {
      return ApiAnswer.modelNotFound(Http.pathParameter(event, "model"));
    }
    return switch (reader.read(Http.headers(event), Http.body(event))) {
      case SubmitRequestReader.Invalid(var faults) -> ApiAnswer.badRequest(faults);
      case SubmitRequestReader.Valid(var submit) ->
          answer(
              acceptJob.accept(submit, client.name(), publicUrl.orElseGet(() -> Http.host(event))));
    };
  }

  private static ApiAnswer answer(AcceptJob.Result result) {
    return switch (result) {
      case AcceptJob.Result.Accepted(var job, boolean replayed) -> {
        ApiAnswer accepted = ApiAnswer.accepted(job);
        yield replayed ? accepted.withHeader("Idempotency-Replayed", "true") : accepted;
      }
      case AcceptJob.Result.KeyReused() -> ApiAnswer.unprocessable();
      case AcceptJob.Result.Closed() -> ApiAnswer.modelNotFound(MODEL);
      case AcceptJob.Result.InsufficientBalance() -> ApiAnswer.insufficientBalance();
    };
  }
}
