package dev.pixal3d.jobs.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.QueueSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueueEventSourceIT {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static EmbeddedAws aws;
  private static final Foreground foreground = new Foreground();
  private static FunctionHost function;
  private static QueueEventSource source;

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start(SmallTemplate.TEMPLATE, null);
    function = SmallTemplate.host("WorkFunction");
    source = start(SmallTemplate.function("WorkFunction").queueSources().getFirst());
  }

  @AfterAll
  static void stop() {
    source.close();
    function.close();
    aws.close();
  }

  @Test
  void a_message_reaches_the_handler_with_all_that_lambda_tells_about_it() {
    send("hello");

    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("hello") == 1);
    SQSMessage message =
        WorkHandler.batches.stream()
            .flatMap(List::stream)
            .filter(each -> each.getBody().equals("hello"))
            .findFirst()
            .orElseThrow();
    assertThat(message.getMessageId()).isNotBlank();
    assertThat(message.getReceiptHandle()).isNotBlank();
    assertThat(message.getMd5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).startsWith("arn:aws:sqs:").endsWith(":WorkQueue");
    assertThat(message.getAwsRegion()).isEqualTo(aws.region());
    assertThat(message.getAttributes())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp", "ApproximateFirstReceiveTimestamp");
  }

  @Test
  void what_was_handled_is_deleted() {
    send("done");

    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("done") == 1);
    await().atMost(DEADLINE).untilAsserted(QueueEventSourceIT::assertQueueIsEmpty);
  }

  @Test
  void only_the_messages_that_are_named_as_failed_come_again() {
    occupyAllInvocations();
    send("fail");
    send("fine");
    WorkHandler.mayGoOn.release(2);

    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("fail") == 3);
    assertThat(WorkHandler.deliveriesOf("fine")).isEqualTo(1);
  }

  @Test
  void after_an_exception_the_message_comes_again_until_it_is_a_dead_letter() {
    send("throw");

    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("throw") == 3);
    await().atMost(DEADLINE).until(() -> count("DeadLetters") > 0);
  }

  @Test
  void an_answer_that_blames_a_stranger_means_that_all_failed() {
    send("blame-a-stranger");

    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("blame-a-stranger") == 3);
  }

  @Test
  void no_more_invocations_run_at_a_time_than_the_template_allows() {
    occupyAllInvocations();
    send("patient");

    await()
        .during(Duration.ofMillis(500))
        .atMost(DEADLINE)
        .until(() -> WorkHandler.deliveriesOf("patient") == 0);
    WorkHandler.mayGoOn.release(2);
    await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("patient") == 1);
  }

  @Test
  void after_the_close_messages_stay_where_they_are() {
    start(new QueueSource("SpareQueue", 1, 2, true)).close();
    send("SpareQueue", "late");

    await()
        .during(Duration.ofMillis(500))
        .atMost(DEADLINE)
        .until(() -> count("SpareQueue") == 1 && WorkHandler.deliveriesOf("late") == 0);
  }

  @Test
  void while_a_request_is_open_messages_wait_but_not_for_long() {
    occupyAllInvocations();
    foreground.begin();
    try {
      send("gives way");
      WorkHandler.mayGoOn.release(2);

      await()
          .during(Duration.ofMillis(500))
          .atMost(DEADLINE)
          .until(() -> WorkHandler.deliveriesOf("gives way") == 0);
      await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("gives way") == 1);
    } finally {
      foreground.end();
    }
  }

  @Test
  void a_schedule_sends_its_message_at_once_and_again_and_again() {
    try (ScheduleSource schedule =
        ScheduleSource.start(
            SmallTemplate.TEMPLATE.schedules().getFirst(),
            Duration.ofMillis(300),
            aws.queueUrl("WorkQueue"),
            aws.sqs())) {
      assertThat(schedule).isNotNull();
      await().atMost(DEADLINE).until(() -> WorkHandler.deliveriesOf("scheduled") >= 3);
    }
  }

  private static QueueEventSource start(QueueSource queueSource) {
    String name = queueSource.queueLogicalId();
    return QueueEventSource.start(
        queueSource,
        new QueueEventSource.Queue(
            aws.queueUrl(name),
            String.valueOf(aws.physicalIds().values().get(name + ".Arn")),
            aws.region()),
        function,
        aws.sqs(),
        foreground);
  }

  /** Two, says the template. */
  private static void occupyAllInvocations() {
    int before = WorkHandler.waiting.get();
    send("wait");
    await().atMost(DEADLINE).until(() -> WorkHandler.waiting.get() == before + 1);
    send("wait");
    await().atMost(DEADLINE).until(() -> WorkHandler.waiting.get() == before + 2);
  }

  private static void send(String body) {
    send("WorkQueue", body);
  }

  private static void send(String queue, String body) {
    aws.sqs().sendMessage(m -> m.queueUrl(aws.queueUrl(queue)).messageBody(body));
  }

  private static void assertQueueIsEmpty() {
    assertThat(count("WorkQueue")).isZero();
  }

  /** Visible and hidden ones. */
  private static int count(String queue) {
    return aws
        .sqs()
        .getQueueAttributes(
            request -> request.queueUrl(aws.queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
        .attributes()
        .entrySet()
        .stream()
        .filter(attribute ->
            attribute.getKey() == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES
                || attribute.getKey()
                    == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
        .mapToInt(attribute -> Integer.parseInt(attribute.getValue()))
        .sum();
  }
}
