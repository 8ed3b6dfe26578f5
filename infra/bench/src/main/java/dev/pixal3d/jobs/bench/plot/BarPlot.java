package dev.pixal3d.jobs.bench.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Bars that lie, in groups; a bar may be made of several parts.
 *
 * @param title what is seen
 * @param subtitle in which unit, and under which circumstances
 * @param series what the colours mean, in their order
 * @param groups from above
 * @param label how the length of a bar is told
 */
record BarPlot(
    String title,
    String subtitle,
    List<String> series,
    List<Group> groups,
    DoubleFunction<String> label) {
  private static final int WIDTH = 860;
  private static final int LEFT = 210;
  private static final int RIGHT = 90;
  private static final int BAR = 15;
  private static final int GAP = 3;
  private static final int GROUP_GAP = 14;
  private static final int HEAD = 92;

  /** Bars that belong together. */
  record Group(String name, List<Bar> bars) {}

  /** A bar. */
  record Bar(List<Part> parts) {
    /** A bar of one part. */
    static Bar of(int series, double value) {
      return new Bar(List.of(new Part(series, value)));
    }

    double length() {
      return parts.stream().mapToDouble(Part::value).sum();
    }
  }

  /**
   * A part of a bar.
   *
   * @param series the number of its series
   */
  record Part(int series, double value) {}

  /** The plot as SVG. */
  String svg(Palette palette) {
    double longest =
        groups.stream()
            .flatMap(group -> group.bars().stream())
            .mapToDouble(Bar::length)
            .max()
            .orElse(1);
    double scale = (WIDTH - LEFT - RIGHT) / longest;
    var shapes = new ArrayList<String>();
    int y = HEAD;
    for (Group group : groups) {
      int height = group.bars().size() * (BAR + GAP) - GAP;
      shapes.add(text(LEFT - 12, y + height / 2 + 4, "end", 13, palette.text, group.name()));
      for (Bar bar : group.bars()) {
        draw(bar, y, scale, palette, shapes);
        y += BAR + GAP;
      }
      y += GROUP_GAP - GAP;
    }
    var svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " font-family=\"system-ui, -apple-system, 'Segoe UI', sans-serif\">%n",
            WIDTH, y + 8));
    svg.append(format("<title>%s</title>%n", escaped(title)));
    svg.append(
        format("<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>%n", palette.background));
    svg.append(text(20, 28, "start", 17, palette.text, title)).append('\n');
    svg.append(text(20, 48, "start", 12, palette.faint, subtitle)).append('\n');
    svg.append(legend(palette));
    svg.append(
        format(
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>%n",
            LEFT, HEAD - 6, LEFT, y - GROUP_GAP + 6, palette.line));
    shapes.forEach(shape -> svg.append(shape).append('\n'));
    return svg.append("</svg>\n").toString();
  }

  private void draw(Bar bar, int y, double scale, Palette palette, List<String> shapes) {
    double x = LEFT;
    for (Part part : bar.parts()) {
      double width = part.value() * scale;
      shapes.add(
          format(
              "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
              x, y, width, BAR, palette.series(part.series())));
      x += width;
    }
    shapes.add(
        text((int) x + 6, y + BAR - 3, "start", 12, palette.faint, label.apply(bar.length())));
  }

  private String legend(Palette palette) {
    if (series.size() < 2) {
      return "";
    }
    var legend = new StringBuilder();
    int x = 20;
    for (int i = 0; i < series.size(); i++) {
      legend.append(
          format(
              "<rect x=\"%d\" y=\"60\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
              x, palette.series(i)));
      legend.append(text(x + 18, 71, "start", 12, palette.text, series.get(i))).append('\n');
      x += 38 + series.get(i).length() * 7;
    }
    return legend.toString();
  }

  private static String text(int x, int y, String anchor, int size, String colour, String words) {
    return format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
        x, y, anchor, size, colour, escaped(words));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
