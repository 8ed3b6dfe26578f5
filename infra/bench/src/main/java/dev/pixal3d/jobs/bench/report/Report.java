package dev.pixal3d.jobs.bench.report;

import java.util.List;

/**
 * What a bench found.
 *
 * @param bench its name
 * @param rows the figures
 * @param limits what they are held to
 * @param notes what a reader has to know to understand the figures, a sentence each
 */
public record Report(String bench, List<Row> rows, List<Limit> limits, List<String> notes) {
  public Report {
    rows = List.copyOf(rows);
    limits = List.copyOf(limits);
    notes = List.copyOf(notes);
  }

  /** Whether every limit is reached. */
  public boolean reached() {
    return limits.stream().allMatch(Limit::reached);
  }
}
