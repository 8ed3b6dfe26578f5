package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one body: strict JSON (RFC 8259) in strict UTF-8, every member checked. Used once. */
final class BodyReader {
  /** The longest body, in bytes. A full request has less than 4 KiB. */
  static final int MAX_BYTES = 256 * 1024;

  /** A request has one level; more are only there to be refused with a better word. */
  private static final int MAX_DEPTH = 32;

  private static final String FIELD = "body";
  private static final int CONTEXT_LENGTH = 20;

  /**
   * Lengths need no bound besides the body's: numbers stay text. Names are not pooled, for pools
   * outlive the request and strangers choose the names.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Faults faults;
  private final Set<String> names = new HashSet<>();
  private final SequencedMap<Parameter, JsonValue> given = new LinkedHashMap<>();

  BodyReader(Faults faults) {
    this.faults = faults;
  }

  /**
   * Reads the request, and adds a fault for each thing that is wrong with it.
   *
   * @return the request, if there is no fault, be it one of the body or one that was found before
   */
  Optional<GenerateRequest> read(byte @Nullable [] body) {
    if (body == null) {
      complainOfNoBody();
    } else if (body.length > MAX_BYTES) {
      faults.add(
          FIELD, "must be at most %d bytes long, but has %d".formatted(MAX_BYTES, body.length));
    } else {
      decode(body).ifPresent(this::parse);
    }
    return faults.isEmpty() ? Optional.of(GenerateRequest.of(given)) : Optional.empty();
  }

  private Optional<String> decode(byte[] body) {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CharBuffer characters = CharBuffer.allocate(body.length);
    CoderResult result = UTF_8.newDecoder().decode(bytes, characters, true);
    if (result.isError()) {
      faults.add(
          FIELD, "must be UTF-8, but is not from byte %d on".formatted(bytes.position() + 1));
      return Optional.empty();
    }
    String text = characters.flip().toString();
    if (text.startsWith("\uFEFF")) {
      faults.add(FIELD, "must not begin with a byte order mark: send plain UTF-8 (RFC 8259, 8.1)");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        complainOfNoBody();
      } else if (first != JsonToken.START_OBJECT) {
        faults.add(FIELD, "must be a JSON object, but is " + JsonValue.read(parser).shown());
      } else {
        readObject(parser);
      }
    } catch (StreamConstraintsException e) {
      faults.add(FIELD, "must not nest objects and arrays deeper than " + MAX_DEPTH + " levels");
    } catch (JsonProcessingException e) {
      faults.add(FIELD, syntaxFault(e, text));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from a string cannot fail", e);
    }
  }

  private void readObject(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      readMember(name, JsonValue.read(parser));
    }
    if (parser.nextToken() != null) {
      faults.add(FIELD, "must be one JSON object with nothing after it");
    }
    for (Parameter parameter : Parameter.values()) {
      if (parameter.isRequired() && !given.containsKey(parameter)) {
        faults.add(parameter.jsonName(), "must be given");
      }
    }
  }

  private void readMember(String name, JsonValue value) {
    Optional<Parameter> known = Parameter.named(name);
    if (!names.add(name)) {
      faults.add(name, "must be given only once");
    } else if (known.isEmpty()) {
      faults.add(name, () -> Parameter.unknown(name));
    } else if (!value.isNull()) {
      Parameter parameter = known.get();
      given.put(parameter, value);
      parameter.type().complaint(value).ifPresent(complaint -> faults.add(name, complaint));
    }
  }

  private void complainOfNoBody() {
    faults.add(FIELD, "must be given: a JSON object with at least an image_url");
  }

  private static String syntaxFault(JsonProcessingException e, String text) {
    JsonLocation place = e.getLocation();
    int from = Math.clamp(place.getCharOffset(), 0, text.length());
    int to = Math.min(from + CONTEXT_LENGTH, text.length());
    String fault = e instanceof JsonEOFException ? "ends too early" : "is not";
    String found = from == to ? "" : ": '" + Excerpt.of(text.substring(from, to)) + "'";
    return "must be valid JSON, but %s at line %d, column %d%s"
        .formatted(fault, place.getLineNr(), place.getColumnNr(), found);
  }
}
