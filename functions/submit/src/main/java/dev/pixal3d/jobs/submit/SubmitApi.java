package dev.pixal3d.jobs.submit;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.GateParts;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.lambda.Callers;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Rehearsal;
import dev.pixal3d.jobs.lambda.Restorable;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Takes a job in. Other models are told of as missing. */
final class SubmitApi implements Restorable.Primable {
  private static final String MODEL = "pixal3d";
  private static final String SUBMIT_ROUTE = "POST /pixal3d/v1/pixal3d-request";

  private final Authentication authentication;
  private final SubmitRequestReader reader;
  private final AcceptJob acceptJob;
  private final Optional<URI> publicUrl;

  SubmitApi(Application application) {
    this.authentication = application.authentication();
    this.reader = new SubmitRequestReader(application.config().allowLoopback());
    this.acceptJob =
        new AcceptJob(
            application.jobStore(),
            application.transitions(),
            application.lifecycle(),
            new GateParts(application).gateKeeper(),
            application.requestIds(),
            application.clock(),
            application.config().acceptSubmits(),
            application.metrics());
    this.publicUrl = application.config().publicUrl();
  }

  ApiAnswer answer(APIGatewayV2HTTPEvent event) {
    Headers headers = Http.headers(event);
    return Callers.admit(authentication, headers, client -> submit(event, headers, client));
  }

  private ApiAnswer submit(APIGatewayV2HTTPEvent event, Headers headers, Client client) {
    if (!SUBMIT_ROUTE.equals(event.getRouteKey())) {
      return ApiAnswer.modelNotFound(Http.pathParameter(event, "model"));
    }
    return switch (reader.read(headers, Http.body(event))) {
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

  @Override
  public Setting queue() {
    return Setting.DISPATCH_QUEUE_URL;
  }

  @Override
  public void rehearse(Rehearsal rehearsal) {
    String request = "{\"image_url\": \"https://example.com/picture.png\", \"texture_size\": 2048}";
    rehearsal.request(this::answer, SUBMIT_ROUTE, Map.of(), Map.of(), request);
    rehearsal.request(
        this::answer, SUBMIT_ROUTE, Map.of(), Map.of("idempotency-key", "one"), request);
  }
}
