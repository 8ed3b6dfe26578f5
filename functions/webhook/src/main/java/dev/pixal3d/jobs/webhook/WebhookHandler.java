package dev.pixal3d.jobs.webhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.lambda.Http;
import dev.pixal3d.jobs.lambda.Restorable;
import java.util.Map;

/** {@code POST /callbacks/{request_id}/{token}}: what Pixal3D calls back, as Lambda calls it. */
public final class WebhookHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Restorable<CallbackApi> api;

  /** As Lambda makes it. */
  public WebhookHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public WebhookHandler(Map<String, String> environment) {
    this.api = Restorable.of(environment, CallbackApi::new);
  }

  /** With an application that stands already. */
  public WebhookHandler(Application application) {
    this.api = Restorable.of(new CallbackApi(application));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(event, context, () -> api.get().answer(event));
  }
}
