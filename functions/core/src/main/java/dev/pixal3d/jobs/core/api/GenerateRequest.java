package dev.pixal3d.jobs.core.api;

import java.util.Comparator;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A valid generate request (Pixal3D's page, "Request Parameters").
 *
 * @param json the request's JSON object, to be stored and forwarded: its members in the order in
 *     which they came, each number as it was written, members that were null left out, no default
 *     added, no space
 * @param canonicalJson the same for all ways to write the same request, for comparing: the members
 *     in the order of their names, each number by its value
 */
public record GenerateRequest(String json, String canonicalJson) {

  /** The request that these values make, all of which are valid. */
  static GenerateRequest of(SequencedMap<Parameter, JsonValue> given) {
    String json =
        given.entrySet().stream()
            .map(member -> member(member.getKey(), member.getValue().literal()))
            .collect(Collectors.joining(",", "{", "}"));
    String canonicalJson =
        given.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(Parameter::jsonName)))
            .map(member -> member(member.getKey(), canonical(member)))
            .collect(Collectors.joining(",", "{", "}"));
    return new GenerateRequest(json, canonicalJson);
  }

  private static String canonical(Map.Entry<Parameter, JsonValue> member) {
    return member.getKey().type().canonical(member.getValue());
  }

  private static String member(Parameter parameter, String literal) {
    return JsonValue.quoted(parameter.jsonName()) + ":" + literal;
  }

  /** Without the values: an image's address may be signed. */
  @Override
  public String toString() {
    return "GenerateRequest[" + json.length() + " characters]";
  }
}
