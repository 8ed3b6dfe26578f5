package dev.pixal3d.jobs.core;

import java.util.function.Supplier;

/**
 * Stands where an application is put together: each part that reaches out of it (AWS clients, time,
 * chance, the ways to Pixal3D and to clients' servers) or that decides what is done passes here, so
 * that it can be wrapped or replaced from outside, under simulated time for one.
 */
public interface Wiring {
  /** Every part stays as it is made. */
  Wiring PLAIN =
      new Wiring() {
        @Override
        public <T> T part(Class<T> kind, Supplier<? extends T> made) {
          return made.get();
        }
      };

  /**
   * The part to be used.
   *
   * @param kind what it is used as
   * @param made makes the part that is used on Lambda; not called where another one takes its place
   */
  <T> T part(Class<T> kind, Supplier<? extends T> made);
}
