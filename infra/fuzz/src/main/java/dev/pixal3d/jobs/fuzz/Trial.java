package dev.pixal3d.jobs.fuzz;

import dev.pixal3d.jobs.fuzz.targets.Target;
import dev.pixal3d.jobs.fuzz.targets.ViolationException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One input sent once. */
sealed interface Trial {

  /**
   * What must hold, held.
   *
   * @param kind how the input was answered
   * @param nanos how long the answer took
   */
  record Passed(String kind, long nanos) implements Trial {}

  /**
   * It did not.
   *
   * @param rule what did not, the same words for each such failure
   * @param what what happened
   */
  record Failed(String rule, String what) implements Trial {}

  /** Sends the input. */
  static <A> Trial of(Target<A> target, Input input) {
    try {
      long began = System.nanoTime();
      A answer = target.send(input);
      long nanos = System.nanoTime() - began;
      return new Passed(target.judge(input, answer), nanos);
    } catch (ViolationException e) {
      return new Failed(e.rule(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return new Failed("no exception comes out: " + e.getClass().getName(), trace(e));
    }
  }

  private static String trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString().lines().limit(12).reduce((one, next) -> one + "\n" + next).orElse("");
  }
}
