package dev.pixal3d.jobs.ops;

import dev.pixal3d.jobs.core.config.Setting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of the system under the names that a stack's parameters have. */
final class Settings {
  private Settings() {}

  /**
   * Settings by their names as environment variables.
   *
   * @param environment of this process: what holds where the stack says nothing
   * @param parameters of the stack, by their names in the template
   */
  static Map<String, String> of(Map<String, String> environment, Map<String, String> parameters) {
    Map<String, String> settings = new HashMap<>(environment);
    for (Setting setting : Setting.values()) {
      String value = parameters.get(parameterOf(setting.name()));
      if (value != null) {
        settings.put(setting.name(), value);
      }
    }
    return settings;
  }

  /** {@code FIRST_POLL_SECONDS} -> {@code FirstPollSeconds}. */
  static String parameterOf(String setting) {
    return Arrays.stream(setting.split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
