package dev.pixal3d.jobs.bench.pipeline;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A client of the very DynamoDB Local and ElasticMQ that a stack uses, and of nothing else. It
 * makes the calls of a job's life again, on an item and, in a queue of its own, with messages that
 * differ from the job's in their ids only.
 */
final class RawCalls implements AutoCloseable {
  private static final String KEY = "request_id";

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final JobCalls life;
  private final String recordedId;
  private final String queueUrl;

  RawCalls(URI dynamoDbEndpoint, URI sqsEndpoint, JobCalls life) {
    this.dynamoDb = AwsNearby.client(DynamoDbClient.builder(), dynamoDbEndpoint);
    this.sqs = AwsNearby.client(SqsClient.builder(), sqsEndpoint);
    this.life = life;
    this.recordedId = life.requestId();
    this.queueUrl = sqs.createQueue(create -> create.queueName("raw-calls")).queueUrl();
  }

  /** Makes the calls of one life, one after the other. */
  void live() {
    String id = "pixal3d_" + UUID.randomUUID();
    List<Message> received = List.of();
    for (SdkRequest call : life.requests()) {
      switch (call) {
        case PutItemRequest put -> dynamoDb.putItem(put.copy(it -> it.item(of(id, put.item()))));
        case GetItemRequest get -> dynamoDb.getItem(get.copy(it -> it.key(of(id, get.key()))));
        case UpdateItemRequest update ->
            dynamoDb.updateItem(update.copy(it -> it.key(of(id, update.key()))));
        case SendMessageRequest send ->
            sqs.sendMessage(
                send.copy(it ->
                    it.queueUrl(queueUrl).messageBody(send.messageBody().replace(recordedId, id))));
        case ReceiveMessageRequest receive ->
            received = sqs.receiveMessage(receive.copy(it -> it.queueUrl(queueUrl))).messages();
        case DeleteMessageBatchRequest delete -> {
          List<DeleteMessageBatchRequestEntry> entries =
              received.stream().map(RawCalls::deletion).toList();
          sqs.deleteMessageBatch(delete.copy(it -> it.queueUrl(queueUrl).entries(entries)));
        }
        default ->
            throw new IllegalStateException(
                "A job's life makes a call that this bench does not know: " + call);
      }
    }
  }

  private static DeleteMessageBatchRequestEntry deletion(Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(message.messageId())
        .receiptHandle(message.receiptHandle())
        .build();
  }

  private Map<String, AttributeValue> of(String id, Map<String, AttributeValue> item) {
    if (!AttributeValue.fromS(recordedId).equals(item.get(KEY))) {
      return item;
    }
    var other = new HashMap<>(item);
    other.put(KEY, AttributeValue.fromS(id));
    return other;
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
  }
}
