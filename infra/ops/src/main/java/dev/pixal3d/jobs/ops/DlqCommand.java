package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Dead letters. */
@Command(
    name = "dlq",
    header = "Messages that a function failed on again and again.",
    description = {
      "",
      "No job hangs on them: each job comes back by itself when it is due. They are for the eyes:"
          + " look at",
      "what the function logged about them, mend it, then redrive them or leave them (they go after"
          + " 14",
      "days).",
      ""
    })
final class DlqCommand extends Group {
  private static final int BATCH = 10; // SQS, ReceiveMessage
  private static final int LOOK_SECONDS = 30;
  private static final int MOVE_SECONDS = 60;
  private static final int SHORT = 200;

  /** Which queue. */
  static final class Which {
    @Parameters(
        paramLabel = "QUEUE",
        description = "One of ${COMPLETION-CANDIDATES}, in small letters too.")
    private @Nullable Queue queue;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    List<Queue> queues() {
      return all || queue == null ? List.of(Queue.values()) : List.of(queue);
    }
  }

  @Command(
      name = "list",
      header = "Shows how many there are, how old, and what is in them.",
      description = {
        "",
        "Takes nothing out: the messages it shows are out of sight for a moment and then back.",
        ""
      })
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description =
                  "How many messages of each queue are shown (default: ${DEFAULT-VALUE}).")
          int limit) {
    return run((target, printer) -> {
      Instant now = target.clock().instant();
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new StringBuilder();
      for (Queue queue : Queue.values()) {
        String url = queue.deadLettersUrl(target);
        int count = count(target, url);
        List<Message> shown = look(target, url, Math.min(limit, count));
        ObjectNode node = json.addObject().put("queue", queue.label()).put("count", count);
        ArrayNode messages = node.putArray("messages");
        text.append("%-9s %d%n".formatted(queue.label(), count));
        for (Message message : shown) {
          Duration age = Duration.between(sentAt(message), now);
          messages
              .addObject()
              .put("message_id", message.messageId())
              .put("sent_at", Times.timestamp(sentAt(message)))
              .put("age_seconds", age.toSeconds())
              .put("body", shortened(message.body()));
          text.append(
              "  %s old  %s  %s%n"
                  .formatted(Times.inWords(age), message.messageId(), shortened(message.body())));
        }
      }
      printer.result(json, text.toString());
      return ExitCode.DONE;
    });
  }

  private static int count(Target target, String url) {
    return Integer.parseInt(
        target
            .sqs()
            .getQueueAttributes(get ->
                get.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
  }

  private static List<Message> look(Target target, String url, int limit) {
    List<Message> seen = new ArrayList<>();
    try {
      boolean more = true;
      while (more && seen.size() < limit) {
        more =
            seen.addAll(receive(target, url, Math.min(BATCH, limit - seen.size()), LOOK_SECONDS));
      }
    } finally {
      putBack(target, url, seen);
    }
    return seen;
  }

  private static void putBack(Target target, String url, List<Message> messages) {
    for (int from = 0; from < messages.size(); from += BATCH) {
      List<Message> batch = messages.subList(from, Math.min(from + BATCH, messages.size()));
      target
          .sqs()
          .changeMessageVisibilityBatch(change ->
              change
                  .queueUrl(url)
                  .entries(
                      batch.stream()
                          .map(message ->
                              ChangeMessageVisibilityBatchRequestEntry.builder()
                                  .id(message.messageId())
                                  .receiptHandle(message.receiptHandle())
                                  .visibilityTimeout(0)
                                  .build())
                          .toList()));
    }
  }

  private static List<Message> receive(Target target, String url, int most, int hiddenSeconds) {
    return target
        .sqs()
        .receiveMessage(receive ->
            receive
                .queueUrl(url)
                .maxNumberOfMessages(most)
                .visibilityTimeout(hiddenSeconds)
                .waitTimeSeconds(1) // Asks all of SQS's servers, not some of them.
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private static Instant sentAt(Message message) {
    return Instant.ofEpochMilli(
        Long.parseLong(
            message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= SHORT ? line : line.substring(0, SHORT - 1) + "…";
  }

  @Command(
      name = "redrive",
      header = "Puts messages back into the queue that they came from.",
      description = {
        "",
        "Each is sent before it is taken out: should this break off, some are there twice, which"
            + " does no",
        "harm, and none is lost. It ends with what was there at its begin; a message on which the",
        "function fails again comes back here.",
        ""
      })
  int redrive(
      @ArgGroup(exclusive = true, multiplicity = "1") Which which,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "How many of each queue at the most (default: all).")
          @Nullable Integer limit) {
    if (limit != null && limit < 1) {
      throw OpsException.wrongUsage("--limit takes a number from 1, not " + limit + ".");
    }
    return run((target, printer) -> {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new StringBuilder();
      for (Queue queue : which.queues()) {
        int there = count(target, queue.deadLettersUrl(target));
        int moved =
            move(target, printer, queue, limit == null ? there : Math.min(limit, there), there);
        json.addObject().put("queue", queue.label()).put("moved", moved).put("left", there - moved);
        text.append("%-9s %d moved, %d left%n".formatted(queue.label(), moved, there - moved));
      }
      printer.result(json, text.toString());
      return ExitCode.DONE;
    });
  }

  private static int move(Target target, Printer printer, Queue queue, int wanted, int there) {
    String from = queue.deadLettersUrl(target);
    String to = queue.url(target);
    int moved = 0;
    while (moved < wanted) {
      List<Message> batch = receive(target, from, Math.min(BATCH, wanted - moved), MOVE_SECONDS);
      if (batch.isEmpty()) {
        return moved; // Someone else took the rest, or looks at it just now.
      }
      for (Message message : batch) {
        target.sqs().sendMessage(send -> send.queueUrl(to).messageBody(message.body()));
        target
            .sqs()
            .deleteMessage(delete -> delete.queueUrl(from).receiptHandle(message.receiptHandle()));
        moved++;
      }
      printer.progress("%s: %d of %d moved".formatted(queue.label(), moved, there));
    }
    return moved;
  }
}
