package dev.pixal3d.jobs.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/** What came back over HTTP. */
record Answer(HttpResponse<String> response) {
  private static final ObjectMapper JSON = new ObjectMapper();

  int code() {
    return response.statusCode();
  }

  String body() {
    return response.body();
  }

  /** A header's value; empty if it was not sent. */
  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  JsonNode json() {
    return parse(response.body());
  }

  /** A member of the body; empty if there is none. */
  String text(String member) {
    return json().path(member).asText();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + json, e);
    }
  }
}
