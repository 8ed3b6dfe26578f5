package dev.pixal3d.jobs.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the servers' chatter off the terminal; their warnings stay. */
final class Quiet {
  private static final List<String> CHATTY =
      List.of("org.eclipse.jetty", "org.elasticmq", "org.apache.pekko");

  /** java.util.logging holds its loggers weakly: a level lasts as long as somebody holds one. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private Quiet() {}

  /** To be called before the servers' classes are loaded. A level that is set already stays. */
  static void down() {
    SQLITE.setLevel(Level.WARNING);
    for (String name : CHATTY) {
      String property = "org.slf4j.simpleLogger.log." + name;
      if (System.getProperty(property) == null) {
        System.setProperty(property, "warn");
      }
    }
    // Both servers start at once, and SLF4J warns when two threads meet in its own start.
    LoggerFactory.getILoggerFactory();
  }
}
