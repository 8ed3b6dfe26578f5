package dev.pixal3d.jobs.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills as the job goes from state to state, and a line a state above it. */
final class ProgressBarProgress implements Progress {
  /** Pixal3D's page, "Status Flow". */
  private static final List<String> STATES = List.of("QUEUED", "PROCESSING", "COMPLETED");

  /** ECMA-48: back to the begin of the line, and clear it. */
  private static final String CLEAR_LINE = "\r\u001b[K";

  private static final int WIDTH = 72;

  private final PrintWriter out;
  private final PlainProgress lines;
  private final ProgressBar bar;

  ProgressBarProgress(PrintWriter out) {
    this.out = out;
    this.lines = new PlainProgress(out);
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("Job")
            .setInitialMax(STATES.size())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
            .build();
  }

  private void draw(String line) {
    synchronized (out) {
      out.print(CLEAR_LINE + line);
      out.flush();
    }
  }

  @Override
  public void reached(String status, Duration elapsed) {
    synchronized (out) {
      out.print(CLEAR_LINE);
      lines.reached(status, elapsed);
    }
    bar.setExtraMessage(status);
    bar.stepTo(STATES.indexOf(status) + 1L);
  }

  @Override
  public void waiting() {
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
    draw("");
  }
}
