package dev.pixal3d.jobs.bench.coldstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.runtime.Events;
import dev.pixal3d.jobs.runtime.FunctionLaunch;
import dev.pixal3d.jobs.runtime.FunctionProcess;

/** Times a process up to its first answer. */
final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * What came after a start, in milliseconds.
   *
   * @param wall from the start of the process to the first answer
   * @param cpu what the process took of a processor for it; another program takes nothing of that
   */
  record Started(double wall, double cpu) {}

  /** From the start of the process. */
  static Started afterStart(FunctionLaunch launch, byte[] event) throws InterruptedException {
    long begin = System.nanoTime();
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      process.awaitInit();
      byte[] answer = process.invoke(event);
      double millis = millisSince(begin);
      requireSuccess(launch, answer);
      return new Started(millis, cpuMillis(process));
    }
  }

  /**
   * What came after a restore, in milliseconds.
   *
   * @param first from the restore to the first answer, hooks included
   * @param second the second request alone
   */
  record Restored(double first, double second) {}

  /** From the restore of an image. */
  static Restored afterRestore(FunctionLaunch launch, byte[] event, byte[] next)
      throws InterruptedException {
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      process.awaitInit();
      long begin = System.nanoTime();
      process.restore();
      byte[] answer = process.invoke(event);
      double first = millisSince(begin);
      long again = System.nanoTime();
      byte[] second = process.invoke(next);
      double millis = millisSince(again);
      requireSuccess(launch, answer);
      requireSuccess(launch, second);
      return new Restored(first, millis);
    }
  }

  private static double cpuMillis(FunctionProcess process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .map(duration -> (double) duration.toMillis())
        .orElse(Double.NaN);
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  /** A refusal would be quicker than the work. */
  private static void requireSuccess(FunctionLaunch launch, byte[] answer) {
    JsonNode json = Events.parse(answer);
    boolean success =
        json.has("statusCode")
            ? json.path("statusCode").asInt() / 100 == 2
            : json.path("batchItemFailures").isEmpty();
    if (!success) {
      throw new IllegalStateException(launch + " answered " + json);
    }
  }
}
