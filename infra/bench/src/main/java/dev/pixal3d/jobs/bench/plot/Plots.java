package dev.pixal3d.jobs.bench.plot;

import dev.pixal3d.jobs.bench.plot.BarPlot.Bar;
import dev.pixal3d.jobs.bench.plot.BarPlot.Group;
import dev.pixal3d.jobs.bench.plot.BarPlot.Part;
import dev.pixal3d.jobs.bench.report.ResultFile;
import dev.pixal3d.jobs.bench.report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plots that the README shows, each for light and for dark pages. */
public final class Plots {
  private static final String FUNCTION = "Function";
  private static final String BILL = "USD a million: ";

  private Plots() {}

  /**
   * Draws what there are results for.
   *
   * @param folder where the results are, and the plots go
   * @return the files that were written
   */
  public static List<Path> draw(Path folder) throws IOException {
    var written = new ArrayList<Path>();
    Optional<ResultFile> cold = ResultFile.read(folder, "coldstart");
    Optional<ResultFile> restore = ResultFile.read(folder, "restore");
    if (cold.isPresent() && restore.isPresent()) {
      written.addAll(
          write(folder, "coldstart", firstAnswers(rows(cold.get()), rows(restore.get()))));
    }
    Optional<ResultFile> cost = ResultFile.read(folder, "cost");
    if (cost.isPresent()) {
      written.addAll(write(folder, "cost", bill(rows(cost.get()))));
    }
    Optional<ResultFile> sweep = ResultFile.read(folder, "sweep");
    if (sweep.isPresent()) {
      written.addAll(write(folder, "sweep", reads(rows(sweep.get()))));
    }
    return written;
  }

  private static List<Row> rows(ResultFile file) {
    return file.report().rows();
  }

  private static List<Path> write(Path folder, String name, BarPlot plot) throws IOException {
    var written = new ArrayList<Path>();
    for (Palette palette : Palette.values()) {
      written.add(
          Files.writeString(folder.resolve(name + palette.suffix() + ".svg"), plot.svg(palette)));
    }
    return written;
  }

  private static BarPlot firstAnswers(List<Row> cold, List<Row> restored) {
    var groups = new ArrayList<Group>();
    for (Row row : cold) {
      var bars = new ArrayList<Bar>();
      bars.add(Bar.of(0, row.figure("bareMillis")));
      bars.add(Bar.of(1, row.figure("oursMillis")));
      restored.stream()
          .filter(other -> other.name().equals(row.name()))
          .forEach(other -> {
            bars.add(Bar.of(2, other.figure("unprimedFirstMillis")));
            bars.add(Bar.of(3, other.figure("firstMillis")));
          });
      groups.add(new Group(row.name().replace(FUNCTION, ""), bars));
    }
    return new BarPlot(
        "Time to the first answer",
        "Milliseconds, medians, one processor. The system uses SnapStart: the shortest bars are"
            + " what it has.",
        List.of(
            "bare handler, from nothing",
            "ours, from nothing",
            "restored, not primed",
            "ours, restored"),
        groups,
        millis -> String.format(Locale.ROOT, "%,.0f", millis));
  }

  private static BarPlot bill(List<Row> rows) {
    List<String> lines = List.of("apiUsd", "dynamoDbUsd", "lambdaUsd", "sqsUsd", "logsUsd");
    var groups = new ArrayList<Group>();
    for (Row row : rows) {
      if (row.name().startsWith(BILL) && !row.name().contains("sync")) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < lines.size(); i++) {
          parts.add(new Part(i, row.figure(lines.get(i))));
        }
        groups.add(new Group(row.name().substring(BILL.length()), List.of(new Bar(parts))));
      }
    }
    return new BarPlot(
        "What a million jobs cost",
        "USD at list prices, without Pixal3D's own; counted, not measured.",
        List.of("API", "DynamoDB", "Lambda", "SQS", "logs"),
        groups,
        usd -> String.format(Locale.ROOT, "%.2f", usd));
  }

  private static BarPlot reads(List<Row> rows) {
    return new BarPlot(
        "What a sweep reads",
        "DynamoDB read units for 1,000 jobs that are due, among ever more that are not.",
        List.of("read units"),
        rows.stream()
            .map(row -> new Group(row.name(), List.of(Bar.of(1, row.figure("readUnits")))))
            .toList(),
        units -> String.format(Locale.ROOT, "%,.0f", units));
  }
}
