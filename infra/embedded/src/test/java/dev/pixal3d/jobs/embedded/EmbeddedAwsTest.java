package dev.pixal3d.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

class EmbeddedAwsTest {
  @Test
  void the_template_comes_up_with_its_table_and_its_queues() {
    Template template = Template.load(Path.of("../../template.yaml"));
    try (EmbeddedAws aws = EmbeddedAws.start(template, null)) {
      Map<String, AttributeValue> item = Map.of("request_id", AttributeValue.fromS("a"));
      aws.dynamoDb().putItem(request -> request.tableName(aws.tableName()).item(item));
      aws.sqs()
          .sendMessage(
              request -> request.queueUrl(aws.queueUrl("DispatchQueue")).messageBody("hello"));

      assertThat(
              aws.dynamoDb()
                  .getItem(request -> request.tableName(aws.tableName()).key(item))
                  .item())
          .isEqualTo(item);
      assertThat(
              aws.sqs()
                  .receiveMessage(request -> request.queueUrl(aws.queueUrl("DispatchQueue")))
                  .messages())
          .extracting(Message::body)
          .containsExactly("hello");
    }
  }
}
