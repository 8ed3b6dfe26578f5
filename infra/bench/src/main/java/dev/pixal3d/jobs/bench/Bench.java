package dev.pixal3d.jobs.bench;

import dev.pixal3d.jobs.bench.report.Report;

/** Measures something. */
public interface Bench {
  /** What it is called on the command line. */
  String name();

  /** What it measures, for the help: one line. */
  String summary();

  /**
   * Measures.
   *
   * @param options how thoroughly
   * @param progress is told how far it is
   * @throws Exception if nothing could be measured
   */
  Report run(Options options, Progress progress) throws Exception;
}
