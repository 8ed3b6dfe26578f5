package dev.pixal3d.jobs.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills as the job goes from state to state, and a line a state above it. */
final class ProgressBarProgress implements Progress {
  /** Pixal3D's page, "Status Flow". */
  private static final List<String> STATES = List.of("QUEUED", "PROCESSING", "COMPLETED");

  private final PlainProgress lines;
  private final ProgressBar bar;

  ProgressBarProgress(PrintWriter out) {
    this.lines = new PlainProgress(out);
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("Job")
            .setInitialMax(STATES.size())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void reached(String status, Duration elapsed) {
    lines.reached(status, elapsed);
    bar.stepTo(STATES.indexOf(status) + 1L);
    bar.setExtraMessage(status);
  }

  @Override
  public void waiting() {
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
    lines.close();
  }
}
