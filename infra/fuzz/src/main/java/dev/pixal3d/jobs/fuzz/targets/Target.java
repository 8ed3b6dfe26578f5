package dev.pixal3d.jobs.fuzz.targets;

import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;

/**
 * A place to which strangers can send something.
 *
 * @param <A> what comes of it
 */
public interface Target<A> {
  /** What it is called on the command line. */
  String name();

  /** Draws an input; the same draws make the same input. */
  Input draw(Chance chance);

  /** Sends the input, and takes what comes of it. Any exception is a finding. */
  A send(Input input);

  /**
   * Checks what came of the input.
   *
   * @return how it was answered, in a word or two, for counting
   * @throws ViolationException if something came of it that must not
   */
  String judge(Input input, A answer) throws ViolationException;
}
