package dev.pixal3d.jobs.local.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers each message, and does with it what its body asks for. */
public final class WorkHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  static final Queue<List<SQSMessage>> batches = new ConcurrentLinkedQueue<>();
  static final AtomicInteger waiting = new AtomicInteger();
  static final Semaphore mayGoOn = new Semaphore(0);

  public WorkHandler(Map<String, String> environment) {
    batches.clear();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    batches.add(event.getRecords());
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      switch (message.getBody()) {
        case "throw" -> throw new IllegalStateException("asked to throw");
        case "fail" -> failures.add(new BatchItemFailure(message.getMessageId()));
        case "blame-a-stranger" -> failures.add(new BatchItemFailure("nobody"));
        case "wait" -> {
          waiting.incrementAndGet();
          mayGoOn.acquireUninterruptibly();
        }
        default -> {}
      }
    }
    return new SQSBatchResponse(failures);
  }

  /** How often a message of this body came. */
  static long deliveriesOf(String body) {
    return batches.stream()
        .flatMap(List::stream)
        .filter(message -> message.getBody().equals(body))
        .count();
  }
}
