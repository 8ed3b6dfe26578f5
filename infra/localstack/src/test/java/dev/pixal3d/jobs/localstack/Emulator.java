package dev.pixal3d.jobs.localstack;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An emulator of AWS that runs.
 *
 * @param endpoint where all of its services answer
 * @param thisMachine how its functions reach this machine out of their containers; null if they run
 *     on this machine
 * @param resources what to close when it is no longer needed
 */
record Emulator(URI endpoint, @Nullable String thisMachine, AutoCloseable resources) {
  /** Where there is one. */
  @FunctionalInterface
  interface Source {
    /**
     * Brings it up, or finds it.
     *
     * @param ports the ports of 127.0.0.1 of this machine that its functions are to reach
     */
    Emulator start(List<Integer> ports);
  }
}
