package dev.pixal3d.jobs.bench.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Both sides of the comparison, from the bytes that Lambda gives to the bytes that it takes back.
 *
 * <ul>
 *   <li>Ours: the runtime's own serializer reads the event, the handler answers it (API key or
 *       callback token, all checks, the lifecycle, a line of the log and the metrics written to
 *       stdout), the serializer writes the answer. Store and queues are in memory: DynamoDB's items
 *       and the SDK's requests are not made.
 *   <li>Jackson alone: reads the same event into a tree, and out of it the request's body into
 *       another; writes the same answer's body from a tree, and the answer with it.
 * </ul>
 */
final class Handling {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PojoSerializer<APIGatewayV2HTTPEvent> EVENTS =
      serializer(APIGatewayV2HTTPEvent.class);
  private static final PojoSerializer<APIGatewayV2HTTPResponse> ANSWERS =
      serializer(APIGatewayV2HTTPResponse.class);

  private final Request request;
  private final byte[] event;
  private final ObjectNode answer;
  private final JsonNode answersBody;

  /**
   * @throws IllegalStateException if the request is not answered as it ought to be
   */
  Handling(Request request) throws IOException {
    this.request = request;
    this.event = request.event().getBytes(UTF_8);
    this.answer = (ObjectNode) JSON.readTree(ours());
    this.answersBody = JSON.readTree(answer.path("body").asText());
    if (answer.path("statusCode").asInt() != request.answeredWith()) {
      throw new IllegalStateException("Not what is to be measured: " + answer);
    }
  }

  /** Chosen as the managed runtime chooses it. */
  @SuppressWarnings("unchecked")
  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }

  byte[] ours() {
    APIGatewayV2HTTPEvent read = EVENTS.fromJson(new ByteArrayInputStream(event));
    var json = new ByteArrayOutputStream();
    ANSWERS.toJson(request.handler().handleRequest(read, new Invocation()), json);
    return json.toByteArray();
  }

  byte[] jacksonAlone() throws IOException {
    JsonNode body = JSON.readTree(event).path("body");
    if (body.isTextual()) {
      answer.put("isBase64Encoded", JSON.readTree(body.textValue()).isTextual());
    }
    answer.put("body", JSON.writeValueAsString(answersBody));
    return JSON.writeValueAsBytes(answer);
  }
}
