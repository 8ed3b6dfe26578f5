package dev.pixal3d.simulator;

/** Whether the image is really fetched and turned into a GLB. */
enum GlbBehaviour {
  REAL("real"),
  OFF("off");

  private final String name;

  GlbBehaviour(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
