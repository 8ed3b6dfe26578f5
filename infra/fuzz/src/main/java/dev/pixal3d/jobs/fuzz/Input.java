package dev.pixal3d.jobs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * What one stranger sends: named parts, each of any characters, also ones that are no text. A part
 * that is bytes has a character of ISO 8859-1 for each of them.
 */
public record Input(SequencedMap<String, String> parts) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .build();
  private static final TypeReference<LinkedHashMap<String, String>> PARTS =
      new TypeReference<>() {};

  public Input {
    parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
  }

  /** An input of no parts yet. */
  public static Input empty() {
    return new Input(new LinkedHashMap<>());
  }

  /** This input and one more part, or with that part changed. */
  public Input with(String name, String part) {
    var more = new LinkedHashMap<>(parts);
    more.put(name, part);
    return new Input(more);
  }

  /** This input without a part. */
  public Input without(String name) {
    var fewer = new LinkedHashMap<>(parts);
    fewer.remove(name);
    return new Input(fewer);
  }

  /** A part, if it is there. */
  public Optional<String> part(String name) {
    return Optional.ofNullable(parts.get(name));
  }

  /** A part that is bytes; none if it is not there. */
  public byte[] bytes(String name) {
    return part(name).orElse("").getBytes(ISO_8859_1);
  }

  /** The parts whose names begin so, under the rest of their names. */
  public SequencedMap<String, String> partsUnder(String prefix) {
    var found = new LinkedHashMap<String, String>();
    parts.forEach((name, part) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), part);
      }
    });
    return found;
  }

  /** This input with a part changed by a function. */
  public Input mapped(String name, Function<String, String> change) {
    return with(name, change.apply(part(name).orElse("")));
  }

  /** The input on one line of ASCII, safe between a shell's single quotes. */
  public String escaped() {
    try {
      return JSON.writeValueAsString(parts).replace("'", "\\u0027").replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings cannot be written as JSON", e);
    }
  }

  /**
   * The input that {@link #escaped} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Input parse(String escaped) {
    try {
      return new Input(JSON.readValue(escaped, PARTS));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Not an input as the fuzzer prints it, {\"part\": \"text\", ...}: "
              + e.getOriginalMessage(),
          e);
    }
  }
}
