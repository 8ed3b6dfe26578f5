package dev.pixal3d.jobs.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * A report as people read it: the figures, and the limits with what became of them. Rows that share
 * no figure with those before them begin a table of their own.
 */
public final class ReportText {
  private static final int GAP = 2;

  private ReportText() {}

  /** The report as text, with a line break at its end. */
  public static String of(Report report) {
    var text = new StringBuilder(report.bench()).append('\n');
    for (List<Row> rows : tables(report)) {
      text.append(table(figures(rows))).append('\n');
    }
    var limits = new ArrayList<List<String>>();
    for (Limit limit : report.limits()) {
      limits.add(
          List.of(
              limit.reached() ? "reached" : "MISSED",
              limit.what(),
              number(limit.measured()),
              limit.bound() == Limit.Bound.AT_MOST ? "at most" : "at least",
              number(limit.limit())));
    }
    text.append(table(limits));
    report.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private static List<List<Row>> tables(Report report) {
    var tables = new ArrayList<List<Row>>();
    var names = new HashSet<String>();
    for (Row row : report.rows()) {
      if (tables.isEmpty() || Collections.disjoint(names, row.figures().keySet())) {
        tables.add(new ArrayList<>());
        names.clear();
      }
      tables.getLast().add(row);
      names.addAll(row.figures().keySet());
    }
    return tables;
  }

  private static List<List<String>> figures(List<Row> rows) {
    var names = new LinkedHashSet<String>();
    rows.forEach(row -> names.addAll(row.figures().keySet()));
    var lines = new ArrayList<List<String>>();
    var head = new ArrayList<String>(List.of(""));
    head.addAll(names);
    lines.add(head);
    for (Row row : rows) {
      var line = new ArrayList<String>(List.of(row.name()));
      for (String name : names) {
        Double value = row.figures().get(name);
        line.add(value == null ? "" : number(value));
      }
      lines.add(line);
    }
    return lines;
  }

  private static String table(List<List<String>> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    var columns = new Column[lines.getFirst().size()];
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      int widest = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
      columns[i] = new Column(widest + GAP, GAP, Overflow.SPAN);
    }
    TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
    lines.forEach(line -> table.addRowValues(line.toArray(String[]::new)));
    return table.toString();
  }

  /** Whole numbers as such, others with as many places as tell something. */
  static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.2f", value);
  }
}
