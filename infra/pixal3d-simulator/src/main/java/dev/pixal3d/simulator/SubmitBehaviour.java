package dev.pixal3d.simulator;

/** What a submit meets. Each constant's {@code toString()} is its name in the settings. */
enum SubmitBehaviour {
  OK("ok"),
  ANSWER_400("400"),
  ANSWER_401("401"),
  ANSWER_402("402"),
  ANSWER_403("403"),
  ANSWER_429("429"),
  ANSWER_500("500"),
  ANSWER_502("502"),
  ANSWER_503("503"),
  ANSWER_504("504"),
  HANG("hang"),
  DROP_BEFORE_ACCEPT("drop-before-accept"),
  HANG_AFTER_ACCEPT("hang-after-accept"),
  DROP_AFTER_ACCEPT("drop-after-accept"),
  ANSWER_500_AFTER_ACCEPT("500-after-accept"),
  ANSWER_502_AFTER_ACCEPT("502-after-accept"),
  ANSWER_504_AFTER_ACCEPT("504-after-accept"),
  NO_REQUEST_ID("no-request-id"),
  NOT_JSON("not-json");

  private final String name;

  SubmitBehaviour(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
