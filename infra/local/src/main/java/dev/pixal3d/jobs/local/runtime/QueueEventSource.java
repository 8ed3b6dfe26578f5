package dev.pixal3d.jobs.local.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.embedded.QueueSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Brings a queue's messages to a function as Lambda's SQS event source does (Lambda developer
 * guide, "Using Lambda with Amazon SQS"): in batches, several invocations at a time; what was
 * handled is deleted, what failed is seen again after the queue's visibility timeout.
 */
public final class QueueEventSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QueueEventSource.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_MESSAGES_RECEIVED_AT_ONCE = 10; // SQS, ReceiveMessage

  /** Lambda takes 20. Here a close waits for the open poll: so no longer. */
  private static final int LONG_POLL_SECONDS = 1;

  private static final Duration MOST_CLOSING_TIME = Duration.ofSeconds(2);

  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);

  private final QueueSource source;
  private final Queue queue;
  private final FunctionHost function;
  private final SqsClient sqs;
  private final Foreground foreground;
  private final Semaphore freeInvocations;
  private final Thread poller;
  private volatile boolean closed;

  private QueueEventSource(
      QueueSource source,
      Queue queue,
      FunctionHost function,
      SqsClient sqs,
      Foreground foreground) {
    this.source = source;
    this.queue = queue;
    this.function = function;
    this.sqs = sqs;
    this.foreground = foreground;
    this.freeInvocations = new Semaphore(source.maximumConcurrency());
    this.poller = Thread.ofVirtual().name("poll-" + source.queueLogicalId()).unstarted(this::poll);
  }

  /**
   * A queue as it exists.
   *
   * @param url what requests to SQS name it by
   * @param arn what events name it by
   * @param region where it stands
   */
  public record Queue(String url, String arn, String region) {}

  /** Begins to bring messages. */
  public static QueueEventSource start(
      QueueSource source,
      Queue queue,
      FunctionHost function,
      SqsClient sqs,
      Foreground foreground) {
    QueueEventSource eventSource = new QueueEventSource(source, queue, function, sqs, foreground);
    eventSource.poller.start();
    return eventSource;
  }

  private void poll() {
    try {
      while (!closed) {
        freeInvocations.acquire();
        foreground.giveWay();
        List<Message> batch = receive();
        if (batch.isEmpty()) {
          freeInvocations.release();
        } else {
          Thread.ofVirtual().name("batch-" + source.queueLogicalId()).start(() -> handle(batch));
        }
      }
    } catch (InterruptedException e) {
      log.debug("No more messages of {} are brought", source.queueLogicalId());
    }
  }

  private List<Message> receive() throws InterruptedException {
    try {
      return sqs.receiveMessage(request ->
              request
                  .queueUrl(queue.url())
                  .maxNumberOfMessages(Math.min(source.batchSize(), MOST_MESSAGES_RECEIVED_AT_ONCE))
                  .waitTimeSeconds(LONG_POLL_SECONDS)
                  .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                  .messageAttributeNames("All"))
          .messages();
    } catch (SdkException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      log.warn("{} could not be read: {}", source.queueLogicalId(), e.getMessage());
      Thread.sleep(PAUSE_AFTER_TROUBLE);
      return List.of();
    }
  }

  private void handle(List<Message> batch) {
    try {
      byte[] answer = function.invoke(event(batch)).get();
      Set<String> failed =
          source.reportBatchItemFailures() ? failedMessages(answer, batch) : Set.of();
      delete(batch.stream().filter(message -> !failed.contains(message.messageId())).toList());
    } catch (ExecutionException e) {
      log.debug("Nothing is deleted", e); // The function's host has logged it.
    } catch (SdkException e) {
      log.warn("{}: handled but not deleted: {}", source.queueLogicalId(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      freeInvocations.release();
    }
  }

  private byte[] event(List<Message> batch) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : batch) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      record.set("attributes", JSON.valueToTree(message.attributesAsStrings()));
      ObjectNode attributes = record.putObject("messageAttributes");
      message
          .messageAttributes()
          .forEach((name, value) ->
              attributes
                  .putObject(name)
                  .put("stringValue", value.stringValue())
                  .put("dataType", value.dataType()));
      record.put("md5OfBody", message.md5OfBody());
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", queue.arn());
      record.put("awsRegion", queue.region());
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings could not be written as JSON", e);
    }
  }

  /**
   * The messages that the answer names as failed: all, if it names one that was not in the batch or
   * cannot be read (Lambda developer guide, "Success and failure conditions").
   */
  private Set<String> failedMessages(byte[] answer, List<Message> batch) {
    Set<String> all = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    try {
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : JSON.readTree(answer).path("batchItemFailures")) {
        failed.add(failure.path("itemIdentifier").asText());
      }
      if (all.containsAll(failed)) {
        return failed;
      }
      log.error("{} named messages as failed that it never got", function.name());
    } catch (IOException e) {
      log.error("{} returned no batch response", function.name(), e);
    }
    return all;
  }

  private void delete(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    sqs.deleteMessageBatch(request ->
        request
            .queueUrl(queue.url())
            .entries(
                messages.stream()
                    .map(message ->
                        DeleteMessageBatchRequestEntry.builder()
                            .id(message.messageId())
                            .receiptHandle(message.receiptHandle())
                            .build())
                    .toList()));
  }

  /**
   * Brings no more messages. Invocations that run are the function host's to end.
   *
   * <p>An open poll is left to end by itself: broken off, it would still take the next message, and
   * ElasticMQ would wait a minute for it when it stops.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (!poller.join(MOST_CLOSING_TIME)) {
        poller.interrupt();
      }
    } catch (InterruptedException e) {
      poller.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
