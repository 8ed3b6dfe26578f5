package dev.pixal3d.jobs.simulation.aws;

/**
 * One call of a function.
 *
 * @param number counts them
 * @param forged whether a stranger caused it
 */
public record Invocation(long number, boolean forged) {}
