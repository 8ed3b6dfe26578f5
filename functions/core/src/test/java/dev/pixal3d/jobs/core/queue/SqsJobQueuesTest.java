package dev.pixal3d.jobs.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixal3d.jobs.core.queue.SqsJobQueues.QueueUrls;
import dev.pixal3d.jobs.core.store.SharedAws;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsJobQueuesTest {
  private static final EmbeddedAws AWS = SharedAws.aws();

  private final QueueUrls urls =
      new QueueUrls(
          AWS.queueUrl("DispatchQueue"),
          AWS.queueUrl("PollQueue"),
          AWS.queueUrl("NotifyQueue"),
          AWS.queueUrl("SweepQueue"));
  private final JobQueues queues = new SqsJobQueues(AWS.sqs(), urls);

  @Test
  void send_each_message_to_the_queue_of_its_kind_in_as_many_batches_as_it_takes() {
    List<JobMessage> dispatches =
        IntStream.range(0, 23)
            .<JobMessage>mapToObj(n -> new JobMessage.Dispatch(Jobs.id(n), 1, Duration.ZERO))
            .toList();
    var all = new ArrayList<>(dispatches);
    all.add(new JobMessage.Poll(Jobs.id(1), 2, Duration.ZERO));
    all.add(new JobMessage.Notify(Jobs.id(1), 4, Duration.ZERO));
    all.add(new JobMessage.Progress(Jobs.id(1), 2));
    all.add(new JobMessage.SweepShard(3));

    queues.send(all);

    assertThat(receive(urls.dispatch(), 23)).containsExactlyInAnyOrderElementsOf(dispatches);
    assertThat(receive(urls.poll(), 1))
        .containsExactly(new JobMessage.Poll(Jobs.id(1), 2, Duration.ZERO));
    assertThat(receive(urls.notifications(), 2))
        .containsExactlyInAnyOrder(
            new JobMessage.Notify(Jobs.id(1), 4, Duration.ZERO),
            new JobMessage.Progress(Jobs.id(1), 2));
    assertThat(receive(urls.sweep(), 1)).containsExactly(new JobMessage.SweepShard(3));
  }

  @Test
  void hold_a_delayed_message_back() {
    queues.send(List.of(new JobMessage.Poll(Jobs.id(5), 1, Duration.ofMinutes(15))));

    var attributes =
        AWS.sqs()
            .getQueueAttributes(get ->
                get.queueUrl(urls.poll())
                    .attributeNamesWithStrings("ApproximateNumberOfMessagesDelayed"))
            .attributesAsStrings();
    assertThat(attributes).containsEntry("ApproximateNumberOfMessagesDelayed", "1");
  }

  @Test
  void say_that_a_message_was_not_sent() {
    var nowhere =
        new QueueUrls(
            urls.dispatch() + "-missing", urls.poll(), urls.notifications(), urls.sweep());

    assertThatThrownBy(() ->
            new SqsJobQueues(AWS.sqs(), nowhere)
                .send(List.of(new JobMessage.Dispatch(Jobs.id(1), 1, Duration.ZERO))))
        .isInstanceOf(QueueException.class);
  }

  private static List<JobMessage> receive(String queueUrl, int count) {
    var messages = new ArrayList<JobMessage>();
    for (int empty = 0; messages.size() < count && empty < 3; ) {
      List<Message> batch =
          AWS.sqs()
              .receiveMessage(
                  get -> get.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages();
      empty = batch.isEmpty() ? empty + 1 : 0;
      batch.forEach(
          message -> messages.add(JobMessageJson.read(Objects.requireNonNull(message.body()))));
    }
    return messages;
  }
}
