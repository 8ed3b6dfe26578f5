package dev.pixal3d.jobs.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Signals that the JDK cannot send (kill(2)), with the numbers that they have on Linux. */
final class Signals {
  private static final int CONTINUE = 18;
  private static final int STOP = 19;

  @SuppressWarnings("restricted") // kill(2) touches no memory of ours
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Signals() {}

  /** Stops all threads of a process where they are. */
  static void stop(Process process) {
    send(process, STOP);
  }

  /** Lets a stopped process go on. */
  static void resume(Process process) {
    send(process, CONTINUE);
  }

  private static void send(Process process, int signal) {
    if (!process.isAlive()) {
      return;
    }
    try {
      // One that has just ended cannot be told, and need not.
      var _ = (int) KILL.invokeExact(Math.toIntExact(process.pid()), signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) could not be called", e);
    }
  }
}
