package dev.pixal3d.jobs.core.config;

import dev.pixal3d.jobs.core.job.LifecycleSettings;
import dev.pixal3d.jobs.core.net.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings, read from environment variables and checked when they are first asked for, so that
 * a function needs only those that it uses.
 */
public final class Config {
  private static final long MAX_SECONDS = Duration.ofDays(30).toSeconds();

  private final Map<String, String> environment;

  public Config(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The value as it was given, or its default.
   *
   * @throws ConfigException if it is missing and has no default
   */
  public String text(Setting setting) {
    String given = environment.getOrDefault(setting.name(), "");
    if (!given.isBlank()) {
      return given.strip();
    }
    if (setting.defaultValue() == null) {
      throw new ConfigException("The setting " + setting + " is missing: " + setting.meaning());
    }
    return setting.defaultValue();
  }

  public URI pixal3dBaseUrl() {
    return baseUrl(Setting.PIXAL3D_BASE_URL);
  }

  /** Nothing: the host that a submit came to. */
  public Optional<URI> publicUrl() {
    return text(Setting.PUBLIC_URL).isEmpty()
        ? Optional.empty()
        : Optional.of(baseUrl(Setting.PUBLIC_URL));
  }

  public boolean acceptSubmits() {
    return bool(Setting.ACCEPT_SUBMITS);
  }

  public boolean allowLoopback() {
    return bool(Setting.ALLOW_LOOPBACK);
  }

  /** Whether each terminal callback is read back before it is believed. */
  public boolean readBackCallbacks() {
    return oneOf(Setting.VERIFY_CALLBACKS, "token", "readback").equals("readback");
  }

  public List<String> mediaHosts() {
    return Arrays.stream(text(Setting.MEDIA_HOSTS).split(","))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .toList();
  }

  public int dueShards() {
    return (int) number(Setting.DUE_SHARDS, 1, 1024);
  }

  public Duration dispatchBackoff() {
    return seconds(Setting.DISPATCH_BACKOFF_SECONDS);
  }

  public LifecycleSettings lifecycle() {
    return new LifecycleSettings(
        seconds(Setting.FIRST_POLL_SECONDS),
        seconds(Setting.POLL_MAX_SECONDS),
        seconds(Setting.READ_THROUGH_SECONDS),
        dispatchBackoff(),
        seconds(Setting.UNKNOWN_GRACE_SECONDS),
        oneOf(Setting.ON_UNKNOWN_SUBMIT, "fail", "resubmit").equals("resubmit"),
        seconds(Setting.JOB_DEADLINE_SECONDS),
        Duration.ofDays(number(Setting.RETENTION_DAYS, 2, 3650)),
        Duration.ofSeconds(number(Setting.CLOCKS_APART_SECONDS, 0, 300)));
  }

  private URI baseUrl(Setting setting) {
    String value = text(setting);
    String base = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    try {
      URI url = new URI(base);
      boolean https = "https".equals(url.getScheme()) && url.getHost() != null;
      if (https || (allowLoopback() && Loopback.isPlainHttp(url))) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw unusable(setting, value, "an https URL");
    }
    throw unusable(setting, value, "an https URL");
  }

  private boolean bool(Setting setting) {
    return oneOf(setting, "true", "false").equals("true");
  }

  private String oneOf(Setting setting, String one, String other) {
    String value = text(setting);
    if (!value.equals(one) && !value.equals(other)) {
      throw unusable(setting, value, one + " or " + other);
    }
    return value;
  }

  private Duration seconds(Setting setting) {
    return Duration.ofSeconds(number(setting, 1, MAX_SECONDS));
  }

  private long number(Setting setting, long least, long most) {
    String value = text(setting);
    String wanted = "a whole number from " + least + " to " + most;
    try {
      long number = Long.parseLong(value);
      if (number < least || number > most) {
        throw unusable(setting, value, wanted);
      }
      return number;
    } catch (NumberFormatException e) {
      throw unusable(setting, value, wanted);
    }
  }

  private static ConfigException unusable(Setting setting, String value, String wanted) {
    return new ConfigException(
        "The setting " + setting + " is '" + value + "', but it takes " + wanted + ".");
  }
}
