package dev.pixal3d.jobs.core.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/**
 * A JSON value as it was sent. Numbers stay text, so nothing is rounded and no huge exponent is
 * ever expanded.
 *
 * @param token what kind of value it is; for an object or array, its start
 * @param text a string's characters, or a number, {@code true}, {@code false} or {@code null} as it
 *     stood; empty for an object or array
 */
record JsonValue(JsonToken token, String text) {

  /** Reads the value that the parser stands on, and skips what is inside an object or array. */
  static JsonValue read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      parser.skipChildren();
      return new JsonValue(token, "");
    }
    return new JsonValue(token, parser.getText());
  }

  boolean isNull() {
    return token == JsonToken.VALUE_NULL;
  }

  boolean isString() {
    return token == JsonToken.VALUE_STRING;
  }

  boolean isBoolean() {
    return token.isBoolean();
  }

  boolean isNumber() {
    return token.isNumeric();
  }

  /** Whether it is a number without a fraction and an exponent. */
  boolean isInteger() {
    return token == JsonToken.VALUE_NUMBER_INT;
  }

  /** The value as JSON text; only for what is neither an object nor an array. */
  String literal() {
    return isString() ? quoted(text) : text;
  }

  /** The value in words, for a message. */
  String shown() {
    if (token == JsonToken.START_OBJECT) {
      return "an object";
    }
    if (token == JsonToken.START_ARRAY) {
      return "an array";
    }
    return isString() ? "the string '" + Excerpt.of(text) + "'" : Excerpt.of(text);
  }

  /** A text as a JSON string. */
  static String quoted(String text) {
    var json = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"').toString();
  }
}
