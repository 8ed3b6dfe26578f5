package dev.pixal3d.jobs.local.system;

/**
 * Brings up the system that the shared tests run on, if that is not the local stack. Found as a
 * service ({@link java.util.ServiceLoader}).
 */
public interface SystemSource {
  /**
   * Brings it up; called once a JVM.
   *
   * @throws org.opentest4j.TestAbortedException if there can be none here; the message says why in
   *     one line, and all tests count as skipped
   */
  RunningSystem start();
}
