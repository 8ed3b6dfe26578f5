package dev.pixal3d.simulator;

/** What happens to callbacks on their way. */
enum CallbackBehaviour {
  OK("ok"),
  LOST("lost"),
  DOUBLED("doubled"),
  LATE("late"),
  OUT_OF_ORDER("out-of-order");

  private final String name;

  CallbackBehaviour(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
