package dev.pixal3d.jobs.simulation.world;

/**
 * A fault that came about.
 *
 * @param opportunity how many times it could have come about before
 */
public record Strike(Fault fault, int opportunity) {}
