package dev.pixal3d.jobs.embedded;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue of the template.
 *
 * @param logicalId its name in the template
 * @param visibilityTimeout how long a message that was received stays hidden
 * @param deadLetterQueueLogicalId where messages go that were received too often; null if nowhere
 * @param maxReceiveCount how often a message is received before it goes there; 0 without such a
 *     queue
 */
public record QueueResource(
    String logicalId,
    Duration visibilityTimeout,
    @Nullable String deadLetterQueueLogicalId,
    int maxReceiveCount) {
  /** Queues for dead letters before those that name them. */
  public static final Comparator<QueueResource> DEAD_LETTERS_FIRST =
      Comparator.comparing(queue -> queue.deadLetterQueueLogicalId() != null);

  /**
   * What such a queue is made with.
   *
   * @param arnOf gives the ARN of the queue of a logical id
   */
  public Map<QueueAttributeName, String> attributes(UnaryOperator<String> arnOf) {
    Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(visibilityTimeout.toSeconds()));
    if (deadLetterQueueLogicalId != null) {
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          """
          {"deadLetterTargetArn":"%s","maxReceiveCount":%d}\
          """
              .formatted(arnOf.apply(deadLetterQueueLogicalId), maxReceiveCount));
    }
    return attributes;
  }
}
