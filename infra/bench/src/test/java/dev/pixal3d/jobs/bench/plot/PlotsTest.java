package dev.pixal3d.jobs.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.bench.report.Report;
import dev.pixal3d.jobs.bench.report.ResultFile;
import dev.pixal3d.jobs.bench.report.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlotsTest {
  @TempDir private Path folder;

  @Test
  void the_length_of_a_bar_follows_its_figure() throws Exception {
    write(
        "sweep",
        Row.of("few & <less>").with("readUnits", 10),
        Row.of("many").with("readUnits", 40));

    Plots.draw(folder);

    List<Double> lengths = bars("sweep-light.svg");
    assertThat(lengths).hasSize(2);
    assertThat(lengths.get(1)).isEqualTo(lengths.get(0) * 4);
  }

  @Test
  void each_plot_is_there_for_light_and_for_dark_pages() throws Exception {
    write("sweep", Row.of("any").with("readUnits", 1));

    assertThat(Plots.draw(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("sweep-light.svg", "sweep-dark.svg");
    assertThat(Files.readString(folder.resolve("sweep-light.svg")))
        .isNotEqualTo(Files.readString(folder.resolve("sweep-dark.svg")));
  }

  @Test
  void nothing_is_drawn_of_what_was_not_measured() throws Exception {
    assertThat(Plots.draw(folder)).isEmpty();
  }

  private void write(String bench, Row... rows) throws Exception {
    ResultFile.now(new Report(bench, List.of(rows), List.of(), List.of())).write(folder);
  }

  /** The widths of the bars; the first rectangle is the page. */
  private List<Double> bars(String file) throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(file).toFile());
    var widths = new ArrayList<Double>();
    var rectangles = svg.getElementsByTagName("rect");
    for (int i = 1; i < rectangles.getLength(); i++) {
      widths.add(Double.valueOf(((Element) rectangles.item(i)).getAttribute("width")));
    }
    return widths;
  }
}
