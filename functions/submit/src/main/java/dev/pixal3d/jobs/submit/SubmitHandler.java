package dev.pixal3d.jobs.submit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;

/** {@code POST /pixal3d/v1/pixal3d-request}, as Lambda calls it. */
public final class SubmitHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Restorable<SubmitApi> api;

  /** As Lambda makes it. */
  public SubmitHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public SubmitHandler(Map<String, String> environment) {
    this.api = Restorable.of(environment, SubmitApi::new);
  }

  /** With an application that stands already. */
  public SubmitHandler(Application application) {
    this.api = Restorable.of(new SubmitApi(application));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(event, context, () -> api.get().answer(event));
  }
}
