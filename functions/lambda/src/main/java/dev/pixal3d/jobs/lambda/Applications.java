package dev.pixal3d.jobs.lambda;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.Wiring;
import java.util.Map;

/** Makes applications that count as functions do, with other parts. */
public final class Applications {
  private Applications() {}

  /**
   * An application in other surroundings than Lambda's.
   *
   * @param environment the settings
   * @param wiring wraps or replaces parts
   */
  public static Application of(Map<String, String> environment, Wiring wiring) {
    return new Application(
        environment, Telemetry.metrics(), AwsClients.keepingConnections(), wiring);
  }
}
