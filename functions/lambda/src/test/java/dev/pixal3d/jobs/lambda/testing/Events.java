package dev.pixal3d.jobs.lambda.testing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as Lambda hands them over. */
public final class Events {
  private Events() {}

  /** An HTTP request that came over this route. */
  public static APIGatewayV2HTTPEvent http(
      String routeKey,
      String path,
      Map<String, String> pathParameters,
      Map<String, String> headers,
      @Nullable String body) {
    var request =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withDomainName("abc.execute-api.eu-west-1.amazonaws.com")
            .withRequestId("request-1")
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(routeKey)
        .withRawPath(path)
        .withHeaders(new HashMap<>(headers))
        .withPathParameters(new HashMap<>(pathParameters))
        .withBody(body)
        .withIsBase64Encoded(false)
        .withRequestContext(request)
        .build();
  }

  /** A batch of messages. */
  public static SQSEvent batch(JobMessage... messages) {
    return batchOfBodies(
        List.of(messages).stream().map(JobMessageJson::write).toArray(String[]::new));
  }

  /** A batch of whatever: the nth message has the id {@code message-n}, from 0. */
  public static SQSEvent batchOfBodies(String... bodies) {
    var records = new ArrayList<SQSMessage>();
    for (String body : bodies) {
      var message = new SQSMessage();
      message.setMessageId("message-" + records.size());
      message.setBody(body);
      records.add(message);
    }
    var event = new SQSEvent();
    event.setRecords(records);
    return event;
  }
}
