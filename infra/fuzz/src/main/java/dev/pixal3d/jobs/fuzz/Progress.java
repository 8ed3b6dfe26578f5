package dev.pixal3d.jobs.fuzz;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Tells every tenth of the way how far it is. */
final class Progress implements LongConsumer {
  private static final int STEPS = 10;

  private final PrintWriter out;
  private final String target;
  private final long inputs;
  private final long began = System.nanoTime();
  private long stepsTold;

  Progress(PrintWriter out, String target, long inputs) {
    this.out = out;
    this.target = target;
    this.inputs = inputs;
  }

  @Override
  public synchronized void accept(long done) {
    long steps = done * STEPS / inputs;
    if (steps > stepsTold) {
      stepsTold = steps;
      double seconds = (System.nanoTime() - began) / 1e9;
      out.printf(
          "%s: %d%%, %d inputs a second%n",
          target, steps * 100 / STEPS, Math.round(done / seconds));
      out.flush();
    }
  }
}
