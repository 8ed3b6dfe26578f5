package dev.pixal3d.jobs.simulation.outside;

import org.jspecify.annotations.Nullable;

/**
 * What a client means to do with one job.
 *
 * @param number counts the jobs of a run
 * @param client whose job it is
 * @param submitAfterMillis when it is submitted, from the begin of the run
 * @param idempotencyKey sent with the submit, and with its repeats; null if the client uses none
 * @param webhookUrl where the client wants to be told; null if nowhere
 * @param sync whether it wants to be told of everything
 * @param cancelAfterMillis when it is cancelled, from the submit; null if it is not
 * @param readPauseMillis time between two reads of its status
 * @param replays whether the client asks for the webhook once more at the end
 */
public record JobPlan(
    int number,
    String client,
    long submitAfterMillis,
    @Nullable String idempotencyKey,
    @Nullable String webhookUrl,
    boolean sync,
    @Nullable Long cancelAfterMillis,
    long readPauseMillis,
    boolean replays) {}
