package dev.pixal3d.jobs.core.api;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a parameter's value must be. Strict: no value is ever turned into one of another type. */
sealed interface ParameterType {
  /**
   * The longest number, in characters. No sensible number is longer, and the request is stored with
   * its job.
   */
  int MAX_NUMBER_LENGTH = 100;

  /** What is wrong with a value, if anything; reads on from the parameter's name. */
  Optional<String> complaint(JsonValue value);

  /**
   * A valid value as JSON text in a form that is the same for all ways to write it, for comparing
   * requests.
   */
  default String canonical(JsonValue value) {
    return value.literal();
  }

  /** The address of a file that anybody may fetch. Its host is not looked up. */
  static ParameterType publicAddress() {
    return new PublicAddress();
  }

  /** An integer in a range, its ends included. */
  static ParameterType integer(String least, String most) {
    return new IntegerBetween(new BigInteger(least), new BigInteger(most));
  }

  /** How many of something: 1 to 2^31-1. */
  static ParameterType count() {
    return integer("1", "2147483647");
  }

  /** One of a few integers. */
  static ParameterType oneOf(Integer... allowed) {
    return new OneOf(List.of(allowed).stream().map(String::valueOf).toList());
  }

  /** A number that is finite as a double. */
  static ParameterType real() {
    return new Real();
  }

  /** {@code true} or {@code false}. */
  static ParameterType bool() {
    return new Bool();
  }

  private static Optional<String> must(String be, JsonValue value) {
    return Optional.of("must be " + be + ", but is " + value.shown());
  }

  private static boolean isTooLong(JsonValue number) {
    return number.text().length() > MAX_NUMBER_LENGTH;
  }

  /** See {@link #publicAddress()}. */
  record PublicAddress() implements ParameterType {
    @Override
    public Optional<String> complaint(JsonValue value) {
      if (!value.isString()) {
        return must("a string, the image's address", value);
      }
      return WebAddress.complaint(
          value.text(),
          WebAddress::isHttpOrHttps,
          "must begin with http:// or https://",
          _ -> Optional.empty());
    }
  }

  /** See {@link #integer(String, String)}. */
  record IntegerBetween(BigInteger least, BigInteger most) implements ParameterType {
    @Override
    public Optional<String> complaint(JsonValue value) {
      if (value.isInteger() && !isTooLong(value)) {
        BigInteger number = new BigInteger(value.text());
        if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
          return Optional.empty();
        }
      }
      return must("an integer from " + least + " to " + most, value);
    }

    @Override
    public String canonical(JsonValue value) {
      return new BigInteger(value.text()).toString();
    }
  }

  /** See {@link #oneOf(Integer...)}. */
  record OneOf(List<String> allowed) implements ParameterType {
    @Override
    public Optional<String> complaint(JsonValue value) {
      if (value.isInteger() && allowed.contains(value.text())) {
        return Optional.empty();
      }
      return must(
          allowed.stream().limit(allowed.size() - 1).collect(Collectors.joining(", "))
              + " or "
              + allowed.getLast(),
          value);
    }
  }

  /** See {@link #real()}. */
  record Real() implements ParameterType {
    @Override
    public Optional<String> complaint(JsonValue value) {
      if (!value.isNumber()) {
        return must("a number", value);
      }
      if (isTooLong(value)) {
        return must("a number of at most " + MAX_NUMBER_LENGTH + " characters", value);
      }
      return Double.isFinite(Double.parseDouble(value.text()))
          ? Optional.empty()
          : must("a finite number, at most 1.7976931348623157e308", value);
    }

    @Override
    public String canonical(JsonValue value) {
      // Upstream reads a float, so its double is the value. Adding zero makes -0.0 one with 0.
      return Double.toString(Double.parseDouble(value.text()) + 0.0);
    }
  }

  /** See {@link #bool()}. */
  record Bool() implements ParameterType {
    @Override
    public Optional<String> complaint(JsonValue value) {
      return value.isBoolean() ? Optional.empty() : must("true or false", value);
    }
  }
}
