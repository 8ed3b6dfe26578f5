package dev.pixal3d.jobs.local.system;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queues of a system that tests may play with, by the names that the template gives them.
 *
 * @param prefix what stands before these names there
 */
public record Queues(SqsClient sqs, String prefix) implements AutoCloseable {

  /** The queues of an emulator, which takes any credentials. */
  public static Queues at(URI endpoint, String prefix) {
    return new Queues(
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build(),
        prefix);
  }

  void send(String queue, String body) {
    sqs.sendMessage(message -> message.queueUrl(url(queue)).messageBody(body));
  }

  Duration visibilityTimeout(String queue) {
    return Duration.ofSeconds(
        Long.parseLong(attribute(queue, QueueAttributeName.VISIBILITY_TIMEOUT)));
  }

  /** Holds for messages that are received from now on. */
  void setVisibilityTimeout(String queue, Duration timeout) {
    sqs.setQueueAttributes(change ->
        change
            .queueUrl(url(queue))
            .attributesWithStrings(
                Map.of("VisibilityTimeout", Long.toString(timeout.toSeconds()))));
  }

  /** Where a queue's messages go that were received too often. */
  String deadLettersOf(String queue) {
    JsonNode redrive = Answer.parse(attribute(queue, QueueAttributeName.REDRIVE_POLICY));
    String arn = redrive.path("deadLetterTargetArn").asText();
    return arn.substring(arn.lastIndexOf(':') + 1 + prefix.length());
  }

  /** How many messages wait to be received. */
  int visible(String queue) {
    return Integer.parseInt(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  /** How many messages were received and neither deleted nor shown again. */
  int inFlight(String queue) {
    return Integer.parseInt(
        attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  /** How many messages are to be seen only later. */
  int delayed(String queue) {
    return Integer.parseInt(
        attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  /** Receives what a queue holds, and deletes it. */
  List<String> taken(String queue) {
    String url = url(queue);
    List<Message> messages =
        sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10)).messages();
    messages.forEach(message ->
        sqs.deleteMessage(done -> done.queueUrl(url).receiptHandle(message.receiptHandle())));
    return messages.stream().map(Message::body).toList();
  }

  private String attribute(String queue, QueueAttributeName name) {
    return requireNonNull(
        sqs.getQueueAttributes(request -> request.queueUrl(url(queue)).attributeNames(name))
            .attributes()
            .get(name),
        () -> queue + " has no " + name);
  }

  private String url(String queue) {
    return sqs.getQueueUrl(request -> request.queueName(prefix + queue)).queueUrl();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
