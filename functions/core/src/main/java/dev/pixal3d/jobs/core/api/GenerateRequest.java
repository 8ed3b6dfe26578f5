package dev.pixal3d.jobs.core.api;

import java.util.Collection;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A valid generate request (Pixal3D's page, "Request Parameters").
 *
 * @param json the request's JSON object, to be stored and forwarded: its members in the order in
 *     which they came, each number as it was written, members that were null left out, no default
 *     added, no space
 * @param canonical makes {@link #canonicalJson}, which few requests need
 */
public record GenerateRequest(String json, Supplier<String> canonical) {

  /** The request that these values make, all of which are valid. */
  static GenerateRequest of(SequencedMap<Parameter, JsonValue> given) {
    return new GenerateRequest(
        object(given, given.keySet(), (_, value) -> value.literal()),
        () ->
            object(
                given,
                Parameter.byName(),
                (parameter, value) -> parameter.type().canonical(value)));
  }

  /**
   * The JSON object that is the same for all ways to write the same request, for comparing: the
   * members in the order of their names, each number by its value.
   */
  String canonicalJson() {
    return canonical.get();
  }

  private static String object(
      Map<Parameter, JsonValue> given,
      Collection<Parameter> order,
      BiFunction<Parameter, JsonValue, String> literal) {
    var json = new StringJoiner(",", "{", "}");
    for (Parameter parameter : order) {
      JsonValue value = given.get(parameter);
      if (value != null) {
        json.add('"' + parameter.jsonName() + "\":" + literal.apply(parameter, value));
      }
    }
    return json.toString();
  }

  /** Without the values: an image's address may be signed. */
  @Override
  public String toString() {
    return "GenerateRequest[" + json.length() + " characters]";
  }
}
