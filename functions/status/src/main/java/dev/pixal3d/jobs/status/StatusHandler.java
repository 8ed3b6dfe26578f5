package dev.pixal3d.jobs.status;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;

/** All that clients read, as Lambda calls it. */
public final class StatusHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Restorable<StatusApi> api;

  /** As Lambda makes it. */
  public StatusHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public StatusHandler(Map<String, String> environment) {
    this.api = Restorable.of(environment, StatusApi::new);
  }

  /** With an application that stands already. */
  public StatusHandler(Application application) {
    this.api = Restorable.of(new StatusApi(application));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(event, context, () -> api.get().answer(event));
  }
}
