package dev.pixal3d.jobs.fuzz.draw;

import java.util.List;
import java.util.SplittableRandom;

/** Draws. The same seed, index and name give the same draws, whatever was drawn before. */
public final class Chance {
  private static final long STRIDE = 0xD1342543DE82EF95L;

  private final SplittableRandom random;

  private Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * The draws for one input.
   *
   * @param name what the input is for
   * @param index which one
   */
  public static Chance of(String name, long seed, long index) {
    long start = new SplittableRandom(seed * 31 + name.hashCode()).nextLong();
    return new Chance(start + index * STRIDE);
  }

  /** 0 to bound - 1. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public long anyLong() {
    return random.nextLong();
  }

  public double anyDouble() {
    return random.nextDouble();
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** True in so many of a hundred. */
  public boolean percent(int likelihood) {
    return random.nextInt(100) < likelihood;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
