package dev.pixal3d.simulator;

import java.net.URI;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One thing about the simulator that can be set.
 *
 * @param name as it is written, with its unit
 * @param initial the value when nothing is set
 * @param values what may be given, for people
 * @param meaning one sentence
 * @param parser throws an {@link IllegalArgumentException} for what may not be given
 */
record Setting<T>(
    String name, T initial, String values, String meaning, Function<String, T> parser) {
  private static final double A_DAY = 86_400;

  static Setting<Double> seconds(String name, double initial, String meaning) {
    return number(name, initial, 0, A_DAY, meaning);
  }

  static Setting<Double> fraction(String name, double initial, String meaning) {
    return number(name, initial, 0, 1, meaning);
  }

  static Setting<Double> number(
      String name, double initial, double least, double most, String meaning) {
    return new Setting<>(
        name,
        initial,
        "%s to %s".formatted(plain(least), plain(most)),
        meaning,
        text -> {
          double value = Double.parseDouble(text);
          if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("outside the range");
          }
          return value;
        });
  }

  static Setting<Long> integer(String name, long initial, long least, long most, String meaning) {
    return new Setting<>(
        name,
        initial,
        "a whole number, %d to %d".formatted(least, most),
        meaning,
        text -> {
          long value = Long.parseLong(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("outside the range");
          }
          return value;
        });
  }

  /** One of an enum's constants, written as its {@code toString()} has it. */
  static <E extends Enum<E>> Setting<E> choice(String name, E initial, String meaning) {
    E[] constants = initial.getDeclaringClass().getEnumConstants();
    return new Setting<>(
        name,
        initial,
        Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")),
        meaning,
        text ->
            Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of the values")));
  }

  /** The start of a URL, or empty. */
  static Setting<String> baseUrl(String name, String meaning) {
    return new Setting<>(
        name,
        "",
        "an http or https URL, or empty",
        meaning,
        text -> {
          if (!text.isEmpty() && !Urls.isHttp(URI.create(text))) {
            throw new IllegalArgumentException("not such a URL");
          }
          return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        });
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
