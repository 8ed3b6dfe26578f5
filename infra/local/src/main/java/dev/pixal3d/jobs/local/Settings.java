package dev.pixal3d.jobs.local;

import dev.pixal3d.jobs.embedded.Template;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration by its names as environment variables, where the template has parameters:
 * {@code FIRST_POLL_SECONDS} is its {@code FirstPollSeconds}. An empty value counts as not given.
 */
record Settings(Map<String, String> values) {
  Settings {
    Map<String, String> given = new HashMap<>(values);
    given.values().removeIf(String::isBlank);
    values = Map.copyOf(given);
  }

  /** These and one more, which wins over one of that name. */
  Settings with(String name, String value) {
    Map<String, String> all = new HashMap<>(values);
    all.put(name, value);
    return new Settings(all);
  }

  /**
   * The values for the template's parameters; what is not given keeps the template's default.
   *
   * @throws LocalStackException if a number is expected and something else is given
   */
  Map<String, String> parametersOf(Template template) {
    Map<String, String> parameters = new HashMap<>();
    template
        .parameters()
        .forEach((name, parameter) -> {
          String variable = variable(name);
          String value = values.get(variable);
          if (value != null) {
            if (parameter.type().equals("Number")) {
              requireNumber(variable, value);
            }
            parameters.put(name, value.strip());
          }
        });
    return parameters;
  }

  /**
   * Time between two sweeps, if one is given; the template's schedules have their own.
   *
   * @throws LocalStackException if it is not a whole number from 1 up
   */
  Optional<Duration> sweepRate() {
    return Optional.ofNullable(values.get("SWEEP_SECONDS"))
        .map(value -> Duration.ofSeconds(requireNumber("SWEEP_SECONDS", value)));
  }

  private static int requireNumber(String name, String value) {
    if (!value.strip().matches("[1-9][0-9]{0,8}")) {
      throw new LocalStackException(
          "%s is '%s'; it takes a whole number from 1 to 999999999".formatted(name, value));
    }
    return Integer.parseInt(value.strip());
  }

  /** {@code FirstPollSeconds} -> {@code FIRST_POLL_SECONDS}. */
  private static String variable(String parameter) {
    return parameter.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
