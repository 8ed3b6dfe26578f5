package dev.pixal3d.jobs.core.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Pixal3D says about a job: the body of a status answer or of a callback, which have one
 * shape (its page, "Callback Payload" and "Response Fields").
 *
 * <p>What decides must be right: {@code request_id} (1 to 200 visible ASCII characters), {@code
 * status} (one of the five words, in capitals), and the output of a COMPLETED job. An output that
 * is there but cannot be read makes a COMPLETED report unreadable as a whole, for to believe it
 * would end the job without the result that was paid for; with any other status it counts as none.
 * What only explains may be odd: an error that is no string is kept as JSON text, a {@code
 * completed_at} or {@code media_type} that cannot be read counts as none, unknown members are
 * passed over.
 *
 * <p>Whether the media lie where they may lie is not judged here.
 */
public final class ReportReader {
  private static final int LONGEST_QUOTE = 100;
  private static final int LONGEST_ERROR = 1_000;
  private static final int MOST_MEDIA = 16;
  private static final int LONGEST_URL = 2_048;
  private static final int LONGEST_MEDIA_TYPE = 200;

  /** {@code 2026-05-22T13:17:32.110Z}, and also without a zone, which means UTC. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)"
              + "(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)?");

  private ReportReader() {}

  /** What came of reading. */
  public sealed interface Result {}

  /** It is a report. */
  public record Understood(Report report) implements Result {}

  /**
   * It is none.
   *
   * @param why what is wrong with it, on one line, for a log; may quote the body
   */
  public record Unreadable(String why) implements Result {}

  /**
   * Reads a body of any content.
   *
   * @param body what came, in full; ought to be one JSON object in UTF-8 without a member twice
   */
  public static Result read(byte[] body) {
    return read(JsonBody.read(body), Redaction.NONE);
  }

  /**
   * Reads a body of any content.
   *
   * @param body what came, in full
   * @param credential must not come up in the report's error, though Pixal3D quote it
   */
  public static Result read(byte[] body, String credential) {
    return read(JsonBody.read(body), Redaction.of(credential));
  }

  static Result read(JsonBody body, Redaction redaction) {
    return switch (body) {
      case JsonBody.Unreadable(String why) -> new Unreadable(why);
      case JsonBody.Parsed(ObjectNode object) -> report(object, redaction);
    };
  }

  private static Result report(ObjectNode body, Redaction redaction) {
    Optional<String> id = UpstreamId.in(body);
    if (id.isEmpty()) {
      return new Unreadable("request_id is no string of 1 to 200 visible ASCII characters");
    }
    Optional<JobStatus> status = status(body.path("status"));
    if (status.isEmpty()) {
      return new Unreadable("status is none of the known words: " + quote(body.path("status")));
    }
    JsonNode output = body.path("output");
    Optional<Output> readable = output(output);
    if (status.get() == JobStatus.COMPLETED && readable.isEmpty() && !saysNothing(output)) {
      return new Unreadable("COMPLETED, but its output cannot be read: " + quote(output));
    }
    String error = Words.clean(redaction.hideIn(Words.of(body, "error")), LONGEST_ERROR);
    return new Understood(
        new Report(
            id.get(),
            status.get(),
            error.isEmpty() ? null : error,
            readable.orElse(null),
            instant(body.path("completed_at"))));
  }

  /** The page's five words only, whatever words of our own {@link JobStatus} may come to hold. */
  private static Optional<JobStatus> status(JsonNode word) {
    return switch (word.asText()) {
      case "QUEUED" -> Optional.of(JobStatus.QUEUED);
      case "PROCESSING" -> Optional.of(JobStatus.PROCESSING);
      case "COMPLETED" -> Optional.of(JobStatus.COMPLETED);
      case "FAILED" -> Optional.of(JobStatus.FAILED);
      case "ERROR" -> Optional.of(JobStatus.ERROR);
      default -> Optional.empty();
    };
  }

  /** Whether there is no output yet, as opposed to one that cannot be read. */
  private static boolean saysNothing(JsonNode output) {
    JsonNode media = output.path("media_url");
    return output.isMissingNode()
        || output.isNull()
        || (output.isObject()
            && (media.isMissingNode() || media.isNull() || (media.isArray() && media.isEmpty())));
  }

  private static Optional<Output> output(JsonNode output) {
    JsonNode media = output.path("media_url");
    var urls = new ArrayList<String>();
    for (JsonNode url : media.isArray() ? media : List.of(media)) {
      if (urls.size() == MOST_MEDIA || !isUrl(url)) {
        return Optional.empty();
      }
      urls.add(url.textValue());
    }
    return urls.isEmpty()
        ? Optional.empty()
        : Optional.of(new Output(urls, mediaType(output.path("media_type"))));
  }

  /** Whether it could be one: what it points to is judged where it is known what may be. */
  private static boolean isUrl(JsonNode url) {
    return url.isTextual()
        && !url.textValue().isEmpty()
        && url.textValue().indexOf(' ') < 0
        && url.textValue().equals(Words.clean(url.textValue(), LONGEST_URL));
  }

  private static @Nullable String mediaType(JsonNode type) {
    String text = Words.clean(type.isTextual() ? type.textValue() : "", LONGEST_MEDIA_TYPE);
    return text.isEmpty() ? null : text;
  }

  /** A formatter of java.time takes three times as long, which is a twentieth of a callback's. */
  private static @Nullable Instant instant(JsonNode timestamp) {
    Matcher parts = TIMESTAMP.matcher(timestamp.isTextual() ? timestamp.textValue() : "");
    if (!parts.matches()) {
      return null;
    }
    try {
      LocalDateTime seconds =
          LocalDateTime.of(
              number(parts, 1),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              number(parts, 6));
      String fraction = Objects.requireNonNullElse(parts.group(7), "0");
      String offset = Objects.requireNonNullElse(parts.group(8), "Z");
      return seconds
          .toInstant(ZoneOffset.of(offset))
          .plusNanos(new BigDecimal(fraction).movePointRight(9).longValue());
    } catch (DateTimeException e) {
      // It only explains; a report is not lost over it.
      return null;
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** Whole or not at all, so that a reader of the words can find in them what must be hidden. */
  private static String quote(JsonNode node) {
    String json = node.toString();
    return json.length() <= LONGEST_QUOTE
        ? Words.clean(json, LONGEST_QUOTE)
        : "(%d characters of JSON)".formatted(json.length());
  }
}
