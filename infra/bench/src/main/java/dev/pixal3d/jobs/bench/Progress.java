package dev.pixal3d.jobs.bench;

/** How far a bench is. */
public interface Progress {
  /** Nobody wants to know. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String task, long steps) {}

        @Override
        public void step(String what) {}
      };

  /**
   * A task begins; the one before has ended.
   *
   * @param steps of how many steps it is
   */
  void begin(String task, long steps);

  /**
   * A step is done.
   *
   * @param what it was
   */
  void step(String what);
}
