package dev.pixal3d.jobs.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SqsBatchTest {
  private static final Duration TIME_FOR_ONE = Duration.ofSeconds(10);
  private static final SQSEvent THREE =
      Events.batch(
          new JobMessage.SweepShard(0), new JobMessage.SweepShard(1), new JobMessage.SweepShard(2));

  private final List<JobMessage> worked = new ArrayList<>();

  @Test
  void works_off_every_message() {
    assertThat(failures(THREE, TestContext.PLENTY, worked::add)).isEmpty();

    assertThat(worked).hasSize(3);
  }

  @Test
  void gives_back_only_the_message_that_failed() {
    Consumer<JobMessage> failsOnOne =
        message -> {
          if (message.equals(new JobMessage.SweepShard(1))) {
            throw new IllegalStateException("failed");
          }
          worked.add(message);
        };

    assertThat(failures(THREE, TestContext.PLENTY, failsOnOne)).containsExactly("message-1");

    assertThat(worked).hasSize(2);
  }

  @Test
  void gives_back_a_message_that_is_none_of_ours() {
    SQSEvent poisoned = Events.batchOfBodies("poison", "{\"sweep\":\"all\"}");

    assertThat(failures(poisoned, TestContext.PLENTY, worked::add)).containsExactly("message-0");
  }

  @Test
  void begins_no_message_without_the_time_for_it_and_gives_it_back() {
    var left = new AtomicInteger(25_000);
    Context context = new TestContext(left::get);
    Consumer<JobMessage> takesTenSeconds =
        message -> {
          worked.add(message);
          left.addAndGet(-10_000);
        };

    assertThat(failures(THREE, context, takesTenSeconds)).containsExactly("message-2");

    assertThat(worked).hasSize(2);
  }

  private static List<String> failures(SQSEvent event, Context context, Consumer<JobMessage> work) {
    SQSBatchResponse response = SqsBatch.process(event, context, TIME_FOR_ONE, work);
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
