package dev.pixal3d.jobs.fuzz.targets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.pixal3d.jobs.fuzz.draw.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says by itself, from Pixal3D's page, whether a body is a valid request. */
final class RequestOracle {
  /** What is to become of a body. */
  enum Verdict {
    VALID,
    INVALID,
    /** Its image_url is not of the plainest form; whether it is valid is not judged here. */
    OPEN
  }

  private static final JsonFactory TOKENS = Answers.UNPOOLED;
  private static final Map<String, Requests.Type> TYPES =
      Requests.PARAMETERS.stream()
          .collect(
              Collectors.toMap(
                  Requests.Parameter::name,
                  (Function<Requests.Parameter, Requests.Type>) Requests.Parameter::type));
  private static final Pattern PLAIN_ADDRESS =
      Pattern.compile(
          "https?://(?:[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?\\.){1,4}[a-z]{2,10}(?:/[A-Za-z0-9._~-]*)*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_ADDRESS =
      Pattern.compile("(?!https?://).*|.*[^!-~].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_ADDRESS = 2048;

  private RequestOracle() {}

  static Verdict judge(byte[] body) {
    Optional<String> text = Events.utf8(body);
    if (body.length > Requests.LIMIT || text.isEmpty() || text.get().startsWith("\ufeff")) {
      return Verdict.INVALID;
    }
    try (JsonParser parser = TOKENS.createParser(text.get())) {
      return parser.nextToken() == JsonToken.START_OBJECT ? judge(parser) : Verdict.INVALID;
    } catch (JsonProcessingException e) {
      return Verdict.INVALID;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Verdict judge(JsonParser parser) throws IOException {
    Set<String> names = new HashSet<>();
    Verdict verdict = Verdict.INVALID;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      Requests.Type type = TYPES.get(name);
      if (type == null || !names.add(name)) {
        return Verdict.INVALID;
      }
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      if (type == Requests.Type.ADDRESS) {
        verdict = address(value, parser.getText());
        if (verdict == Verdict.INVALID) {
          return verdict;
        }
      } else if (!isValid(type, value, parser.getText())) {
        return Verdict.INVALID;
      }
    }
    return parser.nextToken() == null ? verdict : Verdict.INVALID;
  }

  private static Verdict address(JsonToken token, String text) {
    if (token != JsonToken.VALUE_STRING
        || text.length() > LONGEST_ADDRESS
        || NO_ADDRESS.matcher(text).matches()) {
      return Verdict.INVALID;
    }
    return PLAIN_ADDRESS.matcher(text).matches() ? Verdict.VALID : Verdict.OPEN;
  }

  private static boolean isValid(Requests.Type type, JsonToken token, String text) {
    boolean isInteger = token == JsonToken.VALUE_NUMBER_INT && text.length() <= LONGEST_NUMBER;
    return switch (type) {
      case ADDRESS -> throw new IllegalArgumentException("judged by itself");
      case BOOLEAN -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
      case RESOLUTION -> isInteger && Set.of("1024", "1536").contains(text);
      case TEXTURE_SIZE -> isInteger && Set.of("1024", "2048", "4096").contains(text);
      case COUNT ->
          isInteger && isBetween(text, BigInteger.ONE, BigInteger.valueOf(Integer.MAX_VALUE));
      case SEED ->
          isInteger
              && isBetween(
                  text,
                  BigInteger.valueOf(Long.MIN_VALUE),
                  BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
      case FLOAT ->
          token.isNumeric()
              && text.length() <= LONGEST_NUMBER
              && !Double.isInfinite(new BigDecimal(bounded(text)).doubleValue());
    };
  }

  /** The number, or one of the same fate whose exponent a BigDecimal can hold. */
  private static String bounded(String number) {
    int e = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (e < 0 || number.length() - e <= 6) {
      return number;
    }
    boolean isZero = number.substring(0, e).chars().noneMatch(c -> c >= '1' && c <= '9');
    boolean isSmall = number.charAt(e + 1) == '-';
    String digits = number.substring(e + 1).replaceFirst("^[+-]?0*", "");
    String exponent = digits.length() > 4 ? "9999" : digits.isEmpty() ? "0" : digits;
    return isZero ? "0" : number.substring(0, e) + "e" + (isSmall ? "-" : "") + exponent;
  }

  private static boolean isBetween(String number, BigInteger least, BigInteger most) {
    BigInteger value = new BigInteger(number);
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  /** A member of a request that is a string, a number, true or false, to the letter. */
  record Member(String name, JsonToken type, String text) {}

  /** What a valid body asks for: its members without those that are null, in their order. */
  static List<Member> meaning(String json) {
    var members = new ArrayList<Member>();
    try (JsonParser parser = TOKENS.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken type = parser.nextToken();
        if (type != JsonToken.VALUE_NULL) {
          members.add(new Member(name, type, parser.getText()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + json, e);
    }
    return members;
  }
}
