package dev.pixal3d.jobs.bench.pipeline;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
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
  private static final String DUE_AT = "due_at";

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final JobCalls life;
  private final String recordedId;
  private final String table;
  private final String queueUrl;

  RawCalls(URI dynamoDbEndpoint, URI sqsEndpoint, JobCalls life) {
    this.dynamoDb = client(DynamoDbClient.builder(), dynamoDbEndpoint);
    this.sqs = client(SqsClient.builder(), sqsEndpoint);
    this.life = life;
    this.recordedId = life.requestId();
    this.table =
        life.requests().stream()
            .filter(PutItemRequest.class::isInstance)
            .map(request -> ((PutItemRequest) request).tableName())
            .findFirst()
            .orElseThrow();
    this.queueUrl = sqs.createQueue(create -> create.queueName("raw-calls")).queueUrl();
  }

  /** As the stack makes its own. */
  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
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

  /**
   * Those of some jobs for which something is still to happen.
   *
   * @param ids at most 100
   */
  Set<String> underWay(List<String> ids) {
    BatchGetItemResponse answer =
        dynamoDb.batchGetItem(get ->
            get.requestItems(
                Map.of(
                    table,
                    KeysAndAttributes.builder()
                        .keys(
                            ids.stream().map(id -> Map.of(KEY, AttributeValue.fromS(id))).toList())
                        .consistentRead(true)
                        .projectionExpression(KEY + ", " + DUE_AT)
                        .build())));
    return answer.responses().getOrDefault(table, List.of()).stream()
        .filter(item -> item.containsKey(DUE_AT))
        .map(item -> String.valueOf(item.getOrDefault(KEY, AttributeValue.fromS("")).s()))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
  }
}
