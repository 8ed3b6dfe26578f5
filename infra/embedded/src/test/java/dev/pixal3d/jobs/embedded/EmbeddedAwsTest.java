package dev.pixal3d.jobs.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedAwsTest {
  @SuppressWarnings("NullAway.Init")
  private static EmbeddedAws aws;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start(RepositoryTemplate.load(), null);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void an_item_that_was_put_can_be_got() {
    put(aws, item("got", "1", "10"));

    assertThat(get(aws, "got")).isEqualTo(item("got", "1", "10"));
  }

  @Test
  void the_due_index_gives_the_jobs_of_a_shard_in_the_order_in_which_they_are_due() {
    put(aws, item("later", "7", "30"));
    put(aws, item("sooner", "7", "20"));
    put(aws, item("not-yet", "7", "40"));
    put(aws, item("other-shard", "8", "20"));

    List<Map<String, AttributeValue>> due =
        aws.dynamoDb()
            .query(request ->
                request
                    .tableName(aws.tableName())
                    .indexName("due")
                    .keyConditionExpression("due_shard = :shard AND due_at <= :now")
                    .expressionAttributeValues(
                        Map.of(
                            ":shard", AttributeValue.fromN("7"),
                            ":now", AttributeValue.fromN("30"))))
            .items();

    assertThat(due)
        .extracting(item -> item.get("request_id"))
        .containsExactly(AttributeValue.fromS("sooner"), AttributeValue.fromS("later"));
  }

  @Test
  void items_expire_by_the_attribute_of_the_template() {
    assertThat(
            aws.dynamoDb()
                .describeTimeToLive(request -> request.tableName(aws.tableName()))
                .timeToLiveDescription())
        .satisfies(ttl -> {
          assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
          assertThat(ttl.attributeName()).isEqualTo("expires_at");
        });
  }

  @Test
  void a_message_that_was_sent_can_be_received() {
    send("PollQueue", "hello");

    assertThat(receive("PollQueue")).extracting(Message::body).containsExactly("hello");
  }

  @Test
  void a_message_that_is_received_too_often_goes_to_the_dead_letters() {
    send("SweepQueue", "poison");
    for (int i = 0; i < 3; i++) {
      Message message = receive("SweepQueue").getFirst();
      aws.sqs()
          .changeMessageVisibility(request ->
              request
                  .queueUrl(aws.queueUrl("SweepQueue"))
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout(0));
    }

    assertThat(receive("SweepQueue")).isEmpty();
    assertThat(receive("SweepDeadLetters")).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void a_queue_hides_its_messages_for_as_long_as_the_template_says() {
    assertThat(
            aws.sqs()
                .getQueueAttributes(request ->
                    request
                        .queueUrl(aws.queueUrl("DispatchQueue"))
                        .attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                .attributes())
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "360");
  }

  @Test
  void the_physical_ids_lead_to_the_table_and_the_queues() {
    assertThat(aws.physicalIds().values())
        .containsEntry("JobsTable", aws.tableName())
        .containsEntry("DispatchQueue", aws.queueUrl("DispatchQueue"))
        .containsEntry("DispatchQueue.Arn", "arn:aws:sqs:us-east-1:000000000000:DispatchQueue");
  }

  @Test
  void a_queue_that_the_template_has_not_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> aws.queueUrl("Queue"))
        .withMessageContaining("no queue Queue")
        .withMessageContaining("DispatchQueue");
  }

  @Test
  void a_queue_that_is_added_to_the_template_comes_up_too() throws IOException {
    Template changed =
        RepositoryTemplate.with(
            folder, "\nResources:\n", "  AnotherQueue:\n    Type: AWS::SQS::Queue\n");

    try (EmbeddedAws other = EmbeddedAws.start(changed, null)) {
      assertThat(other.queueUrl("AnotherQueue")).endsWith("/AnotherQueue");
    }
  }

  @Test
  void what_is_put_survives_a_restart_with_the_same_data_directory() {
    Path data = folder.resolve("data");
    try (EmbeddedAws first = EmbeddedAws.start(RepositoryTemplate.load(), data)) {
      put(first, item("kept", "1", "10"));
    }

    try (EmbeddedAws second = EmbeddedAws.start(RepositoryTemplate.load(), data)) {
      assertThat(get(second, "kept")).isEqualTo(item("kept", "1", "10"));
    }
  }

  /** So it survives a kill. DynamoDB Local by itself answers first and commits then. */
  @Test
  void a_transaction_that_was_answered_is_committed() throws SQLiteException {
    Path data = folder.resolve("data");
    try (EmbeddedAws kept = EmbeddedAws.start(RepositoryTemplate.load(), data)) {
      var file = new SQLiteConnection(data.resolve("shared-local-instance.db").toFile());
      try {
        file.openReadonly();
        for (int answered = 1; answered <= 50; answered++) {
          transact(kept, item("job-" + answered, "1", "10"));

          assertThat(rows(file, kept.tableName())).isEqualTo(answered);
        }
      } finally {
        file.dispose();
      }
    }
  }

  @Test
  void a_data_directory_that_is_in_use_is_refused() {
    try (EmbeddedAws _ = EmbeddedAws.start(RepositoryTemplate.load(), folder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedAws.start(RepositoryTemplate.load(), folder))
          .withMessageContaining("The data directory " + folder + " is in use");
    }
  }

  @Test
  void a_data_directory_with_a_table_of_other_indexes_is_refused() throws IOException {
    Path data = folder.resolve("data");
    EmbeddedAws.start(RepositoryTemplate.load(), data).close();
    Template changed = RepositoryTemplate.with(folder, "- IndexName: by_client", "_and_time");

    assertThatIllegalStateException()
        .isThrownBy(() -> EmbeddedAws.start(changed, data))
        .withMessageContaining("other keys or indexes than the template's");
  }

  @Test
  void nothing_answers_on_an_address_that_others_can_reach() throws IOException {
    List<InetAddress> reachable =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    Assumptions.assumeFalse(reachable.isEmpty(), "this machine has a loopback address only");

    for (InetAddress address : reachable) {
      for (URI endpoint : List.of(aws.dynamoDbEndpoint(), aws.sqsEndpoint())) {
        assertThatExceptionOfType(ConnectException.class)
            .isThrownBy(() -> new Socket(address, endpoint.getPort()).close());
      }
    }
  }

  @Test
  void a_process_that_starts_and_closes_it_says_nothing_and_ends() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                StartAndClose.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What that process runs. */
  static final class StartAndClose {
    private StartAndClose() {}

    public static void main(String[] args) {
      EmbeddedAws.start(RepositoryTemplate.load(), null).close();
    }
  }

  private static Map<String, AttributeValue> item(String id, String shard, String dueAt) {
    return Map.of(
        "request_id", AttributeValue.fromS(id),
        "due_shard", AttributeValue.fromN(shard),
        "due_at", AttributeValue.fromN(dueAt));
  }

  private static void put(EmbeddedAws aws, Map<String, AttributeValue> item) {
    aws.dynamoDb().putItem(request -> request.tableName(aws.tableName()).item(item));
  }

  private static void transact(EmbeddedAws aws, Map<String, AttributeValue> item) {
    var write =
        TransactWriteItem.builder().put(put -> put.tableName(aws.tableName()).item(item)).build();
    aws.dynamoDb().transactWriteItems(request -> request.transactItems(write));
  }

  private static int rows(SQLiteConnection file, String table) throws SQLiteException {
    SQLiteStatement count = file.prepare("SELECT count(*) FROM \"%s\"".formatted(table), false);
    try {
      count.step();
      return count.columnInt(0);
    } finally {
      count.dispose();
    }
  }

  private static Map<String, AttributeValue> get(EmbeddedAws aws, String id) {
    return aws.dynamoDb()
        .getItem(request ->
            request
                .tableName(aws.tableName())
                .key(Map.of("request_id", AttributeValue.fromS(id)))
                .consistentRead(true))
        .item();
  }

  private static void send(String queue, String body) {
    aws.sqs().sendMessage(request -> request.queueUrl(aws.queueUrl(queue)).messageBody(body));
  }

  private static List<Message> receive(String queue) {
    return aws.sqs().receiveMessage(request -> request.queueUrl(aws.queueUrl(queue))).messages();
  }
}
