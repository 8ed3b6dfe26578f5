package dev.pixal3d.jobs.core.api;

import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a submit (Pixal3D's page, "Pixal3D generate request", "Request Parameters" and "Webhook
 * Headers"). Whatever a stranger sends, the answer is a valid request or everything that is wrong
 * with it, in time that grows with the request's length.
 */
public final class SubmitRequestReader {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String WEBHOOK_URL = "X-Webhook-URL";
  private static final String WEBHOOK_MODE = "X-Webhook-Mode";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final int MAX_KEY_LENGTH = 255;

  private final WebhookAddress webhookAddress;

  /**
   * @param allowLoopbackHttp whether a webhook may also be plain http on {@code localhost} or
   *     {@code 127.0.0.1}; for a system on one's own machine only
   */
  public SubmitRequestReader(boolean allowLoopbackHttp) {
    this.webhookAddress = new WebhookAddress(allowLoopbackHttp);
  }

  /** What a submit turned out to be. */
  public sealed interface Result {}

  /** A submit without fault. */
  public record Valid(SubmitRequest submit) implements Result {}

  /**
   * A submit that is refused.
   *
   * @param faults everything that is wrong with it, at least one thing; of more than 50 the first
   *     50, and a last one that tells how many more there are
   */
  public record Invalid(List<Fault> faults) implements Result {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Reads a submit.
   *
   * @param headers the request's headers
   * @param body the request's body as it was sent, if there is one
   */
  public Result read(Headers headers, byte @Nullable [] body) {
    Faults faults = new Faults();
    checkContentType(headers, faults);
    URI webhookUrl = webhookUrl(headers, faults).orElse(null);
    WebhookMode webhookMode = webhookMode(headers, faults);
    String idempotencyKey = idempotencyKey(headers, faults).orElse(null);
    Optional<GenerateRequest> request = new BodyReader(faults).read(body);
    return request
        .<Result>map(
            valid -> new Valid(new SubmitRequest(valid, webhookUrl, webhookMode, idempotencyKey)))
        .orElseGet(() -> new Invalid(faults.toList()));
  }

  private static void checkContentType(Headers headers, Faults faults) {
    Optional<String> contentType = headers.get(CONTENT_TYPE);
    if (contentType.isEmpty()) {
      faults.add(CONTENT_TYPE, "must be given: application/json");
      return;
    }
    String[] parts = contentType.get().split(";", -1);
    if (!isWord("application/json", parts[0].strip())) {
      faults.add(
          CONTENT_TYPE, "must be application/json, but is '" + Excerpt.of(contentType.get()) + "'");
    } else if (!Stream.of(parts).skip(1).allMatch(SubmitRequestReader::isNoOtherCharset)) {
      faults.add(
          CONTENT_TYPE, "must name no charset or utf-8: '" + Excerpt.of(contentType.get()) + "'");
    }
  }

  private static boolean isNoOtherCharset(String parameter) {
    String[] nameAndValue = parameter.split("=", 2);
    return !isWord("charset", nameAndValue[0].strip())
        || (nameAndValue.length == 2 && isWord("utf-8", nameAndValue[1].strip().replace("\"", "")));
  }

  /**
   * Case counts only in ASCII: to {@code equalsIgnoreCase} a long s (U+017F) is an s as well. A
   * long text of letters whose small ones are longer takes {@code toLowerCase} time that grows with
   * the square of its length.
   */
  private static boolean isWord(String word, String sent) {
    return sent.length() == word.length() && word.equals(sent.toLowerCase(Locale.ROOT));
  }

  private Optional<URI> webhookUrl(Headers headers, Faults faults) {
    Optional<String> address = headers.get(WEBHOOK_URL);
    Optional<String> complaint = address.flatMap(webhookAddress::complaint);
    complaint.ifPresent(message -> faults.add(WEBHOOK_URL, message));
    return complaint.isPresent() ? Optional.empty() : address.map(URI::create);
  }

  private static WebhookMode webhookMode(Headers headers, Faults faults) {
    Optional<String> word = headers.get(WEBHOOK_MODE);
    if (word.isEmpty()) {
      return WebhookMode.TERMINAL;
    }
    for (WebhookMode mode : WebhookMode.values()) {
      if (isWord(mode.headerValue(), word.get())) {
        return mode;
      }
    }
    faults.add(WEBHOOK_MODE, "must be terminal or sync, but is '" + Excerpt.of(word.get()) + "'");
    return WebhookMode.TERMINAL;
  }

  private static Optional<String> idempotencyKey(Headers headers, Faults faults) {
    Optional<String> key = headers.get(IDEMPOTENCY_KEY);
    if (key.isPresent() && !isIdempotencyKey(key.get())) {
      faults.add(
          IDEMPOTENCY_KEY,
          "must be 1 to %d visible ASCII characters without spaces".formatted(MAX_KEY_LENGTH));
    }
    return key;
  }

  private static boolean isIdempotencyKey(String key) {
    return !key.isEmpty()
        && key.length() <= MAX_KEY_LENGTH
        && key.chars().allMatch(character -> character > ' ' && character <= '~');
  }
}
