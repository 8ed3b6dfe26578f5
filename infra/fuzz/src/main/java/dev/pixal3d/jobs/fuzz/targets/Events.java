package dev.pixal3d.jobs.fuzz.targets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.fuzz.Input;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as API Gateway and SQS hand them to a handler. Parts of an HTTP input: {@code route},
 * {@code header NAME}, {@code path NAME}, {@code query NAME}, {@code body} (bytes), {@code base64}.
 */
final class Events {
  static final String ROUTE = "route";
  static final String HEADER = "header ";
  static final String PATH = "path ";
  static final String QUERY = "query ";
  static final String BODY = "body";
  static final String BASE64 = "base64";

  private Events() {}

  static APIGatewayV2HTTPEvent http(Input input) {
    var event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey(input.part(ROUTE).orElse("$default"))
            .withHeaders(input.partsUnder(HEADER))
            .withPathParameters(orNull(input.partsUnder(PATH)))
            .withQueryStringParameters(orNull(input.partsUnder(QUERY)))
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withRequestId("request-1")
                    .withDomainName("abc123.execute-api.us-east-1.amazonaws.com")
                    .build());
    if (input.part(BODY).isPresent()) {
      byte[] body = input.bytes(BODY);
      Optional<String> text = input.part(BASE64).isPresent() ? Optional.empty() : utf8(body);
      event
          .withBody(text.orElseGet(() -> Base64.getEncoder().encodeToString(body)))
          .withIsBase64Encoded(text.isEmpty());
    }
    return event.build();
  }

  /** Where there are none API Gateway leaves them out. */
  private static @Nullable Map<String, String> orNull(Map<String, String> parameters) {
    return parameters.isEmpty() ? null : parameters;
  }

  /** The text that bytes are in UTF-8, if they are. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static SQSEvent sqs(JobMessage message) {
    var record = new SQSEvent.SQSMessage();
    record.setMessageId("message-1");
    record.setBody(JobMessageJson.write(message));
    var event = new SQSEvent();
    event.setRecords(List.of(record));
    return event;
  }
}
