package dev.pixal3d.jobs.fuzz;

/**
 * An input that something came of that must not.
 *
 * @param target where it was sent
 * @param index which of the seed's inputs it is; -1 for one that was given
 * @param input made as short as it can be while the same comes of it
 * @param rule what does not hold, the same words for each such finding
 * @param what what happened
 */
public record Finding(
    String target, long seed, long index, Input input, String rule, String what) {}
