package dev.pixal3d.jobs.embedded;

/**
 * A queue whose messages a function is called with.
 *
 * @param queueLogicalId the queue
 * @param batchSize most messages in one call; 10 if the template does not say, as on Lambda
 * @param maximumConcurrency most calls at the same time; 1000 if the template does not say, as that
 *     is the most that Lambda lets anyone say
 * @param reportBatchItemFailures whether the answer names the messages that failed; otherwise a
 *     call fails as a whole
 */
public record QueueSource(
    String queueLogicalId,
    int batchSize,
    int maximumConcurrency,
    boolean reportBatchItemFailures) {}
