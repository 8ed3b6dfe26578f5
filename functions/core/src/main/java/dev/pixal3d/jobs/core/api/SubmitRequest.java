package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A valid submit: the request and what its headers ask for.
 *
 * @param request what to generate
 * @param webhookUrl where the client wants to be told ({@code X-Webhook-URL}), if it does; never
 *     logged
 * @param webhookMode how often ({@code X-Webhook-Mode})
 * @param idempotencyKey the client's name for this submit ({@code Idempotency-Key}), if it gave one
 */
public record SubmitRequest(
    GenerateRequest request,
    @Nullable URI webhookUrl,
    WebhookMode webhookMode,
    @Nullable String idempotencyKey) {

  /**
   * The SHA-256, in 64 hexadecimal digits, of the request and its webhook headers. The same for two
   * submits that ask for the same, however they are written: order of members, spaces, null members
   * and the way to write a number (7.5, 7.50, 75e-1) do not count.
   */
  public String fingerprint() {
    // None of the three parts can hold a line break, so no two submits share a text.
    String text =
        request.canonicalJson()
            + "\n"
            + webhookMode.headerValue()
            + "\n"
            + (webhookUrl == null ? "" : webhookUrl);
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SubmitRequest[" + request + ", webhookMode=" + webhookMode + "]";
  }
}
