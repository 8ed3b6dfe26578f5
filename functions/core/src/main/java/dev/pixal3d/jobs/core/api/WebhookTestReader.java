package dev.pixal3d.jobs.core.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the request to try a webhook: {@code {"url": "https://…"}}. */
public final class WebhookTestReader {
  private static final int MAX_BYTES = 8 * 1024;
  private static final String URL = "url";
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final WebhookAddress webhookAddress;

  /**
   * @param allowLoopbackHttp whether it may also be plain http on {@code localhost} or {@code
   *     127.0.0.1}
   */
  public WebhookTestReader(boolean allowLoopbackHttp) {
    this.webhookAddress = new WebhookAddress(allowLoopbackHttp);
  }

  /** What the request turned out to be. */
  public sealed interface Result {}

  /** A request without fault. */
  public record Valid(URI url) implements Result {}

  /** A request that is refused, and why. */
  public record Invalid(List<Fault> faults) implements Result {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  public Result read(byte @Nullable [] body) {
    if (body == null || body.length == 0 || body.length > MAX_BYTES) {
      return invalid("body", "must be given, as {\"url\": \"https://…\"}, and have at most 8 KiB");
    }
    JsonNode request;
    try {
      request = JSON.readValue(body);
    } catch (JsonProcessingException e) {
      return invalid("body", "must be valid JSON: " + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) {
      return invalid("body", "must be UTF-8");
    }
    if (!request.isObject()) {
      return invalid("body", "must be a JSON object, as in {\"url\": \"https://…\"}");
    }
    for (String name : (Iterable<String>) request::fieldNames) {
      if (!name.equals(URL)) {
        return invalid(Excerpt.of(name), "is unknown. Only url is taken");
      }
    }
    if (!request.path(URL).isTextual()) {
      return invalid(URL, "must be given, as a string");
    }
    String url = request.path(URL).textValue();
    Optional<String> complaint = webhookAddress.complaint(url);
    return complaint.isPresent() ? invalid(URL, complaint.get()) : new Valid(URI.create(url));
  }

  private static Invalid invalid(String field, String message) {
    return new Invalid(List.of(new Fault(field, message)));
  }
}
