package dev.pixal3d.jobs.lambda.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A line with a JSON object on stdout: on Lambda, an event in CloudWatch Logs. */
public final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLine() {}

  /** Writes an object's members. */
  @FunctionalInterface
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Writes a line, all at once, unless this is {@link Rehearsing}. Half a surrogate pair is
   * replaced, since UTF-8 has none.
   */
  public static void print(Members members) {
    var text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes all that is written", e);
    }
    byte[] line = text.toString().getBytes(UTF_8);
    if (!Rehearsing.isUnderWay()) {
      System.out.write(line, 0, line.length);
      System.out.flush();
    }
  }
}
