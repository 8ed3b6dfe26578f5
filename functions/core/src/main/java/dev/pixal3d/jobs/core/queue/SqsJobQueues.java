package dev.pixal3d.jobs.core.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** The SQS queues. Sends in batches, since SQS charges by the request. */
public final class SqsJobQueues implements JobQueues {
  /** "Amazon SQS batch actions": 10 messages at the most. */
  private static final int MAX_BATCH = 10;

  private final SqsClient sqs;
  private final QueueUrls urls;

  public SqsJobQueues(SqsClient sqs, QueueUrls urls) {
    this.sqs = sqs;
    this.urls = urls;
  }

  /** Where each kind of message goes. */
  public record QueueUrls(String dispatch, String poll, String notifications, String sweep) {
    String of(JobMessage message) {
      return switch (message) {
        case JobMessage.Dispatch _ -> dispatch;
        case JobMessage.Poll _ -> poll;
        case JobMessage.Notify _, JobMessage.Progress _ -> notifications;
        case JobMessage.SweepShard _, JobMessage.SweepAll _ -> sweep;
      };
    }
  }

  @Override
  public void send(List<? extends JobMessage> messages) {
    var byQueue = new LinkedHashMap<String, List<JobMessage>>();
    for (JobMessage message : messages) {
      byQueue.computeIfAbsent(urls.of(message), _ -> new ArrayList<>()).add(message);
    }
    for (Map.Entry<String, List<JobMessage>> queue : byQueue.entrySet()) {
      List<JobMessage> all = queue.getValue();
      for (int from = 0; from < all.size(); from += MAX_BATCH) {
        sendBatch(queue.getKey(), all.subList(from, Math.min(from + MAX_BATCH, all.size())));
      }
    }
  }

  private void sendBatch(String queueUrl, List<JobMessage> messages) {
    try {
      if (messages.size() == 1) {
        JobMessage only = messages.getFirst();
        sqs.sendMessage(send ->
            send.queueUrl(queueUrl)
                .messageBody(JobMessageJson.write(only))
                .delaySeconds(delaySeconds(only)));
        return;
      }
      var entries = new ArrayList<SendMessageBatchRequestEntry>();
      for (JobMessage message : messages) {
        entries.add(
            SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .messageBody(JobMessageJson.write(message))
                .delaySeconds(delaySeconds(message))
                .build());
      }
      SendMessageBatchResponse answer =
          sqs.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries));
      if (!answer.failed().isEmpty()) {
        throw new QueueException(
            answer.failed().size()
                + " of "
                + messages.size()
                + " messages were not sent: "
                + answer.failed().getFirst().message(),
            null);
      }
    } catch (SdkException e) {
      throw new QueueException("Sending to " + queueUrl + " failed: " + e.getMessage(), e);
    }
  }

  /** SQS counts whole seconds; a message that comes early would be held again. */
  private static int delaySeconds(JobMessage message) {
    return (int) message.delay().plusMillis(999).toSeconds();
  }
}
