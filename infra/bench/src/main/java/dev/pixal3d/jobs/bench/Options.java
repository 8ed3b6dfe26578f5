package dev.pixal3d.jobs.bench;

import java.nio.file.Path;

/**
 * How thoroughly is measured.
 *
 * @param home the folder of the repository
 * @param rounds how often what is timed is repeated; the median counts
 * @param mostLiveJobs among how many live jobs a sweep is measured at the most
 */
public record Options(Path home, int rounds, int mostLiveJobs) {}
