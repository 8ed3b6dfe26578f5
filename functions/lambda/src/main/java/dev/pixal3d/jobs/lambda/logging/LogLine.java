package dev.pixal3d.jobs.lambda.logging;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * A line of the log.
 *
 * @see <a href="https://docs.powertools.aws.dev/lambda/java/latest/core/logging/">Powertools for
 *     AWS Lambda, "Standard structured keys"</a>
 */
final class LogLine {
  private LogLine() {}

  /** Writes one, with what {@link Invocation} and SLF4J's context know. */
  static void write(Level level, String message, @Nullable Throwable error) {
    JsonLine.print(json -> {
      json.writeStringField("level", level.name());
      json.writeStringField("message", message);
      if (error != null) {
        write(json, error);
      }
      Invocation.writeCurrent(json);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      json.writeStringField("timestamp", now.toString());
      Map<String, String> context = MDC.getCopyOfContextMap();
      if (context != null) {
        for (Map.Entry<String, String> member : context.entrySet()) {
          json.writeStringField(member.getKey(), member.getValue());
        }
      }
    });
  }

  private static void write(JsonGenerator json, Throwable error) throws IOException {
    var stack = new StringWriter();
    error.printStackTrace(new PrintWriter(stack));
    json.writeObjectFieldStart("error");
    json.writeStringField("message", error.getMessage());
    json.writeStringField("name", error.getClass().getName());
    json.writeStringField("stack", stack.toString());
    json.writeEndObject();
  }
}
