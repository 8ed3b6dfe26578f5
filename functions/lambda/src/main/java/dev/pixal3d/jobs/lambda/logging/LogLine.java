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
  /**
   * So a line stays below 256 KiB, which CloudWatch Logs has taken in an event all along. It has up
   * to three texts of any length, and each character of theirs may take six bytes, as in {@code
   * \u0000}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html">
   *     CloudWatch Logs quotas, "Event size"</a>
   */
  private static final int MOST_CHARACTERS = 12 * 1024;

  /** The end is worth keeping too: a stack's tells what all began with. */
  private static final int AT_THE_END = MOST_CHARACTERS / 3;

  private LogLine() {}

  /** Writes one, with what {@link Invocation} and SLF4J's context know. */
  static void write(Level level, @Nullable String message, @Nullable Throwable error) {
    JsonLine.print(json -> {
      json.writeStringField("level", level.name());
      json.writeStringField("message", capped(message));
      if (error != null) {
        Rehearsing.remember(error);
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
    json.writeStringField("message", capped(error.getMessage()));
    json.writeStringField("name", error.getClass().getName());
    json.writeStringField("stack", capped(stack.toString()));
    json.writeEndObject();
  }

  /** A text, what is too much of it cut out between two code points. */
  private static @Nullable String capped(@Nullable String text) {
    if (text == null || text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int from = boundary(text, MOST_CHARACTERS - AT_THE_END);
    int to = boundary(text, text.length() - AT_THE_END);
    return "%s [%d characters cut out] %s"
        .formatted(text.substring(0, from), to - from, text.substring(to));
  }

  /** Here, or behind the surrogate pair whose middle is here. */
  private static int boundary(String text, int index) {
    boolean between = Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return between ? index + 1 : index;
  }
}
