package dev.pixal3d.jobs.embedded;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    int maxReceiveCount) {}
