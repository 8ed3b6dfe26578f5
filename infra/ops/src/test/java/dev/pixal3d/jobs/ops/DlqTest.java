package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.embedded.QueueResource;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DlqTest {
  private final Tool tool = new Tool();

  @BeforeEach
  void beginWithEmptyQueues() {
    for (Queue queue : Queue.values()) {
      Tool.taken(queue.logicalId());
      Tool.taken(queue.deadLetters());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void aLimitIsAtLeastOne(String limit) {
    assertThat(new Tool().run("dlq", "redrive", "--all", "--limit", limit).code()).isEqualTo(2);
  }

  @Test
  void knowsEveryQueueOfTheTemplateThatHasDeadLetters() {
    assertThat(Arrays.stream(Queue.values()).map(queue -> queue.logicalId() + queue.deadLetters()))
        .containsExactlyInAnyOrderElementsOf(
            Tool.TEMPLATE.queues().stream()
                .filter(queue -> queue.deadLetterQueueLogicalId() != null)
                .map(QueueResource::logicalId)
                .flatMap(id ->
                    Tool.TEMPLATE.queues().stream()
                        .filter(queue -> queue.logicalId().equals(id))
                        .map(queue -> id + queue.deadLetterQueueLogicalId()))
                .toList());
  }

  @Test
  void showsWhatIsInThemAndTakesNothingOut() {
    Tool.send("PollDeadLetters", "garbage " + "x".repeat(500));

    JsonNode first = queue("poll");
    JsonNode second = queue("poll");

    assertThat(first.path("count").asInt()).isEqualTo(1);
    assertThat(first.path("messages").path(0).path("body").asText())
        .startsWith("garbage xxx")
        .hasSizeLessThanOrEqualTo(200);
    assertThat(first.path("messages").path(0).path("age_seconds").asInt()).isBetween(0, 60);
    assertThat(second.path("messages")).hasSize(1);
    assertThat(queue("dispatch").path("count").asInt()).isZero();
    assertThat(tool.run("dlq", "list").out()).contains("garbage");
  }

  @Test
  void putsMessagesBackIntoTheQueueThatTheyCameFrom() {
    IntStream.range(0, 23).forEach(n -> Tool.send("NotifyDeadLetters", "message " + n));

    JsonNode moved = tool.run("dlq", "redrive", "notify", "--json").json().path(0);

    assertThat(moved.path("moved").asInt()).isEqualTo(23);
    assertThat(Tool.taken("NotifyQueue"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 23).mapToObj(n -> "message " + n).toList());
    assertThat(Tool.taken("NotifyDeadLetters")).isEmpty();
  }

  @Test
  void putsBackAsManyAsWanted() {
    IntStream.range(0, 5).forEach(n -> Tool.send("DispatchDeadLetters", "message " + n));

    Tool.Run run = tool.run("dlq", "redrive", "dispatch", "--limit", "2");

    assertThat(run.out()).contains("2 moved, 3 left");
    assertThat(run.err()).contains("2 of 5 moved");
    assertThat(Tool.taken("DispatchQueue")).hasSize(2);
  }

  @Test
  void putsBackThoseOfAllQueues() {
    Tool.send("DispatchDeadLetters", "one");
    Tool.send("SweepDeadLetters", "another");

    assertThat(tool.run("dlq", "redrive", "--all").code()).isZero();

    assertThat(Stream.of("DispatchQueue", "SweepQueue").flatMap(q -> Tool.taken(q).stream()))
        .containsExactly("one", "another");
  }

  @Test
  void wantsToBeToldWhichQueue() {
    assertThat(tool.run("dlq", "redrive").code()).isEqualTo(2);
    assertThat(tool.run("dlq", "redrive", "nothing").code()).isEqualTo(2);
  }

  private JsonNode queue(String label) {
    return StreamSupport.stream(tool.run("dlq", "list", "--json").json().spliterator(), false)
        .filter(queue -> queue.path("queue").asText().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
