package dev.pixal3d.jobs.control;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;

/** What clients want done with their jobs, as Lambda calls it. */
public final class ControlHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Restorable<ControlApi> api;

  /** As Lambda makes it. */
  public ControlHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public ControlHandler(Map<String, String> environment) {
    this.api = Restorable.of(environment, ControlApi::new);
  }

  /** With an application that stands already. */
  public ControlHandler(Application application) {
    this.api = Restorable.of(new ControlApi(application));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(event, context, () -> api.get().answer(event));
  }
}
