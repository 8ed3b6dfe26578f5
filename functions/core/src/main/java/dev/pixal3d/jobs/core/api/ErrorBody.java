package dev.pixal3d.jobs.core.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The body of every error that a client can see (Pixal3D's page, "Error Responses"), with the
 * faults of a refused request as our one addition.
 *
 * @param error the name of the error
 * @param message what happened and what to do, in a sentence
 * @param details the faults, each under the field that it is about; left out if there are none
 */
record ErrorBody(String error, String message, List<Fault> details) {

  ErrorBody(String error, String message) {
    this(error, message, List.of());
  }

  String toJson() {
    String head = member("error", error) + "," + member("message", message);
    if (details.isEmpty()) {
      return "{" + head + "}";
    }
    return details.stream()
        .map(ErrorBody::toJson)
        .collect(Collectors.joining(",", "{" + head + ",\"details\":[", "]}"));
  }

  private static String toJson(Fault fault) {
    return "{" + member("field", fault.field()) + "," + member("message", fault.message()) + "}";
  }

  private static String member(String name, String value) {
    return JsonValue.quoted(name) + ":" + JsonValue.quoted(value);
  }
}
