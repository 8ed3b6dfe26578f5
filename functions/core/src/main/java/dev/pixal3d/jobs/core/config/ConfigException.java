package dev.pixal3d.jobs.core.config;

/** A setting is missing, or its value cannot be used. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
