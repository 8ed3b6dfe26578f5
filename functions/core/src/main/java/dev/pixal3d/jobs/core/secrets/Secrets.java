package dev.pixal3d.jobs.core.secrets;

import java.util.List;

/** Reads secrets by what the configuration says of them. */
public interface Secrets {

  /**
   * The values of a secret that are valid now, newest first: two while it is being rotated.
   *
   * @param reference what stands in the configuration
   * @throws SecretsException if it cannot be read
   */
  List<String> read(String reference);
}
