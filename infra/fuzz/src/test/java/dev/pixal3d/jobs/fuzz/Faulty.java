package dev.pixal3d.jobs.fuzz;

import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.targets.Target;
import dev.pixal3d.jobs.fuzz.targets.ViolationException;

/** Takes numbers, and goes wrong with a few of them. */
final class Faulty implements Target<Integer> {
  static final int INPUTS = 20_000;
  private static final String NUMBER = "number";
  private static final String NOISE = "noise";

  private final Fault fault;

  Faulty(Fault fault) {
    this.fault = fault;
  }

  /** What becomes of one input in a thousand. */
  enum Fault {
    NONE,
    EXCEPTION,
    OVERFLOW,
    VIOLATION,
    SLOW,
    ENDLESS
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public Input draw(Chance chance) {
    return Input.empty()
        .with(NOISE, "it's \u0000\ud800 noise")
        .with(NUMBER, "x".repeat(chance.below(100)) + chance.below(1_000));
  }

  @Override
  public Integer send(Input input) {
    String number = input.part(NUMBER).orElse("");
    boolean rare = number.endsWith("x777") || number.equals("777");
    if (rare && fault == Fault.EXCEPTION) {
      throw new IllegalStateException("777 came");
    } else if (rare && fault == Fault.OVERFLOW) {
      return send(input);
    } else if (rare && fault == Fault.SLOW) {
      long until = System.nanoTime() + 60_000_000;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    }
    while (rare && fault == Fault.ENDLESS && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    return rare ? 777 : 0;
  }

  @Override
  public String judge(Input input, Integer answer) throws ViolationException {
    if (answer == 777 && fault == Fault.VIOLATION) {
      throw new ViolationException("no 777 comes", "one came");
    }
    return answer.toString();
  }
}
