package dev.pixal3d.jobs.embedded;

import java.time.Duration;

/**
 * Something that is sent to a queue again and again.
 *
 * @param logicalId its name in the template
 * @param rate the time between two sendings
 * @param targetQueueLogicalId the queue
 * @param input the message's body
 */
public record ScheduleResource(
    String logicalId, Duration rate, String targetQueueLogicalId, String input) {}
