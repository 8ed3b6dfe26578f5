package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;

/** Says what came of a command, to a person or to a script. */
final class Printer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  /**
   * @param json whether stdout takes one JSON document instead of text
   */
  Printer(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** The result: the one or the other. */
  void result(JsonNode document, String text) {
    out.println(json ? pretty(document) : text.stripTrailing());
    out.flush();
  }

  /** A line of a result that is JSON lines by itself. */
  void line(JsonNode document) {
    out.println(document);
    out.flush();
  }

  /** What a person wants to know meanwhile. */
  void progress(String text) {
    err.println(text);
    err.flush();
  }

  private static String pretty(JsonNode document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree could not be written as JSON", e);
    }
  }
}
