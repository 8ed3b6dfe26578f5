package dev.pixal3d.simulator;

/** How jobs end. */
enum ResultBehaviour {
  OK("ok"),
  FAILED("failed"),
  ERROR("error");

  private final String name;

  ResultBehaviour(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
