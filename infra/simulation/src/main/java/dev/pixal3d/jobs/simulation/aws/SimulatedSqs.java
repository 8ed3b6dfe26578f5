package dev.pixal3d.jobs.simulation.aws;

import dev.pixal3d.jobs.simulation.world.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** SQS as one sandbox sees it. */
public final class SimulatedSqs implements SqsClient {
  private final Map<String, SimulatedQueue> queues;
  private final Sandbox sandbox;

  SimulatedSqs(Map<String, SimulatedQueue> queues, Sandbox sandbox) {
    this.queues = queues;
    this.sandbox = sandbox;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    return sandbox.effect(
        () -> "sends " + request.messageBody() + " after " + request.delaySeconds() + " s",
        () -> {
          refuse();
          send(request.queueUrl(), request.messageBody(), request.delaySeconds());
          loseAnswer();
          return SendMessageResponse.builder().build();
        });
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    return sandbox.effect(
        () -> "sends a batch of " + request.entries().size(),
        () -> {
          refuse();
          boolean partly = sandbox.faults().strikes(Fault.BATCH_PARTLY_SENT);
          var sent = new ArrayList<SendMessageBatchResultEntry>();
          var failed = new ArrayList<BatchResultErrorEntry>();
          for (SendMessageBatchRequestEntry entry : request.entries()) {
            if (partly && sandbox.faults().of(Fault.BATCH_PARTLY_SENT).nextBoolean()) {
              failed.add(BatchResultErrorEntry.builder().id(entry.id()).message("no").build());
            } else {
              send(request.queueUrl(), entry.messageBody(), entry.delaySeconds());
              sent.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
            }
          }
          loseAnswer();
          return SendMessageBatchResponse.builder()
              .successful(List.copyOf(sent))
              .failed(List.copyOf(failed))
              .build();
        });
  }

  private void send(String url, String body, int delaySeconds) {
    SimulatedQueue queue = queues.get(url);
    if (queue == null) {
      throw new IllegalArgumentException("There is no queue " + url);
    }
    queue.send(body, delaySeconds * 1000L);
  }

  private void refuse() {
    if (sandbox.faults().strikes(Fault.SEND_REFUSED)) {
      throw SdkClientException.create("No answer came (nothing was sent)");
    }
  }

  private void loseAnswer() {
    if (sandbox.faults().strikes(Fault.SEND_UNANSWERED)) {
      throw SdkClientException.create("No answer came (the message was sent)");
    }
  }
}
