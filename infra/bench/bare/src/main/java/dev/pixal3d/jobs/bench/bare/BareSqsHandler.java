package dev.pixal3d.jobs.bench.bare;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Reads messages' JSON, makes its calls. */
public final class BareSqsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BareCalls calls = new BareCalls();

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    try {
      for (SQSEvent.SQSMessage message : event.getRecords()) {
        JSON.readTree(message.getBody());
      }
      calls.make();
      return new SQSBatchResponse(List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
