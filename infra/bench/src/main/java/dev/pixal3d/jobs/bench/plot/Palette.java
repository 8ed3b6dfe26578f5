package dev.pixal3d.jobs.bench.plot;

import java.util.List;

/**
 * The colours of a plot, as GitHub's light and dark pages have them; series in an order in which
 * neighbours are told apart without seeing red or green.
 */
enum Palette {
  LIGHT(
      "#ffffff",
      "#1f2328",
      "#59636e",
      "#d1d9e0",
      List.of("#8c959f", "#0969da", "#bc4c00", "#1a7f37", "#8250df")),
  DARK(
      "#0d1117",
      "#f0f6fc",
      "#9198a1",
      "#3d444d",
      List.of("#768390", "#4493f8", "#db6d28", "#3fb950", "#ab7df8"));

  final String background;
  final String text;
  final String faint;
  final String line;
  private final List<String> series;

  Palette(String background, String text, String faint, String line, List<String> series) {
    this.background = background;
    this.text = text;
    this.faint = faint;
    this.line = line;
    this.series = series;
  }

  /** The colour of the nth series. */
  String series(int n) {
    return series.get(n % series.size());
  }

  /** What a file's name ends with. */
  String suffix() {
    return "-" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
