package dev.pixal3d.simulator;

/** What a status read meets. */
enum StatusBehaviour {
  OK("ok"),
  ANSWER_404("404"),
  ANSWER_500("500"),
  HANG("hang"),
  NOT_JSON("not-json");

  private final String name;

  StatusBehaviour(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
