package dev.pixal3d.jobs.webhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.lambda.Http;
import java.util.Map;

/** {@code POST /callbacks/{request_id}/{token}}: what Pixal3D calls back. */
public final class WebhookHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ReceiveCallback receiveCallback;

  /** As Lambda makes it. */
  public WebhookHandler() {
    this(System.getenv());
  }

  /** With settings of one's own. */
  public WebhookHandler(Map<String, String> environment) {
    this.receiveCallback = new Application(environment).receiveCallback();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return Http.answer(event, () -> answer(receive(event)));
  }

  private ReceiveCallback.Result receive(APIGatewayV2HTTPEvent event) {
    byte[] body = Http.body(event);
    return receiveCallback.receive(
        Http.pathParameter(event, "request_id"),
        Http.pathParameter(event, "token"),
        body == null ? new byte[0] : body);
  }

  /** Those who do not belong here learn nothing. */
  private static ApiAnswer answer(ReceiveCallback.Result result) {
    return switch (result) {
      case TAKEN -> ApiAnswer.json(200, "{}");
      case NOT_FOUND -> ApiAnswer.notFound("There is nothing here.");
      case MALFORMED -> ApiAnswer.callbackRefused(400, "The body is no report of a job.");
      case TOO_LARGE -> ApiAnswer.callbackRefused(413, "The body is larger than 64 KiB.");
      case NOT_THIS_JOB -> ApiAnswer.callbackRefused(403, "The report is not about this job.");
      case TRY_AGAIN -> ApiAnswer.callbackRefused(503, "The report could not be read back yet.");
    };
  }
}
