package dev.pixal3d.jobs.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** A body that ought to be one JSON object (RFC 8259) in UTF-8. */
sealed interface JsonBody {

  /** It is one, and no member of it stands there twice. */
  record Parsed(ObjectNode object) implements JsonBody {}

  /**
   * It is none.
   *
   * @param why what is wrong with it, without quoting it
   */
  record Unreadable(String why) implements JsonBody {}

  /** Reads a body that is there in full. */
  static JsonBody read(byte[] body) {
    try {
      return Strict.MAPPER.readTree(decode(body)) instanceof ObjectNode object
          ? new Parsed(object)
          : new Unreadable("not a JSON object");
    } catch (CharacterCodingException e) {
      return new Unreadable("not UTF-8");
    } catch (JsonProcessingException e) {
      // Not in the parser's words, which quote the body. One that is too deep has no location.
      String where =
          Optional.ofNullable(e.getLocation())
              .map(at -> "line " + at.getLineNr() + ", column " + at.getColumnNr())
              .orElse(e.getClass().getSimpleName());
      return new Unreadable("not strict JSON (" + where + ")");
    }
  }

  /** Jackson would guess UTF-16 and UTF-32 too, and takes some broken UTF-8. */
  private static String decode(byte[] body) throws CharacterCodingException {
    String text = new String(body, UTF_8);
    // Broken UTF-8 leaves this character, or it was sent: a decoder tells, but takes longer.
    return text.indexOf('\uFFFD') < 0
        ? text
        : UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  /** Keeps Jackson out of the interface's own constants. */
  final class Strict {
    private static final int MAX_DEPTH = 32;

    private static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    // Pools of names outlive the body, and strangers choose the names.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Strict() {}
  }
}
