package dev.pixal3d.jobs.core.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpHeaders;
import java.util.stream.Stream;

/** How an {@link Exchange} ended. */
sealed interface Ending {

  /**
   * The answer's status line and headers arrived.
   *
   * @param body unreadable also if it was cut, too long, or not there in time
   */
  record Answered(int status, HttpHeaders headers, JsonBody body) implements Ending {
    private static final int LONGEST_REASON = 500;

    /** Upstream's own words on what is wrong, at most 500 characters; empty if it gave none. */
    String reason(Redaction redaction) {
      return switch (body) {
        case JsonBody.Unreadable _ -> "";
        // "detail" is not on the page, but fal.ai, which stands behind it, answers so.
        case JsonBody.Parsed(ObjectNode object) ->
            Stream.of("message", "error", "detail")
                .map(member -> Words.of(object, member))
                .filter(words -> !words.isBlank())
                .map(words -> Words.clean(redaction.hideIn(words), LONGEST_REASON))
                .findFirst()
                .orElse("");
      };
    }

    /** The answer for a timeline or a log. */
    String describe(Redaction redaction) {
      String words =
          switch (body) {
            case JsonBody.Unreadable(String why) ->
                Words.clean("body unreadable, " + redaction.hideIn(why), LONGEST_REASON);
            case JsonBody.Parsed _ -> reason(redaction);
          };
      return "Pixal3D answered " + status + (words.isEmpty() ? "" : ": " + words);
    }
  }

  /**
   * They did not.
   *
   * @param why what happened; may quote what came instead of HTTP
   */
  record Silent(String why) implements Ending {
    private static final int LONGEST_WHY = 300;

    /** The silence for a timeline or a log. */
    String describe(Redaction redaction) {
      return Words.clean(redaction.hideIn(why), LONGEST_WHY);
    }
  }
}
