package dev.pixal3d.jobs.fuzz.targets;

import org.jspecify.annotations.Nullable;

/** Something happened that must not. */
public final class ViolationException extends Exception {
  private final String rule;

  /**
   * @param rule what must hold, the same words for each violation of it
   * @param detail what was there instead
   */
  public ViolationException(String rule, String detail) {
    super(rule + ": " + detail);
    this.rule = rule;
  }

  /** What must hold. */
  public String rule() {
    return rule;
  }

  /** Throws unless it holds. */
  static void unless(boolean holds, String rule, @Nullable Object detail)
      throws ViolationException {
    if (!holds) {
      throw new ViolationException(rule, String.valueOf(detail));
    }
  }
}
