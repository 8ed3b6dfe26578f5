package dev.pixal3d.jobs.core.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks 1.0</a>, symmetric ones (v1): HMAC-SHA256 over {@code id.timestamp.body}.
 *
 * <p>A secret is {@code whsec_} and the base64 (RFC 4648, section 4, padded) of 24 to 64 bytes.
 */
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;
  private static final Pattern ID = Pattern.compile("[!-~&&[^.]]+");

  private WebhookSignature() {}

  /**
   * The value of the header {@code webhook-signature}: one entry a secret, in their order, joined
   * by one space. While a secret is being rotated a receiver that knows either accepts it.
   *
   * @param secrets at least one, newest first
   * @param webhookId visible ASCII without a full stop, which would make the signed text ambiguous
   * @param timestampSeconds since 1970-01-01T00:00:00Z, as the header {@code webhook-timestamp} has
   *     it; receivers refuse one that is more than 5 minutes off
   * @param body the very bytes that are sent
   * @throws IllegalArgumentException if there is no secret, one is none, or the id has another
   *     form. The message never repeats a secret
   */
  public static String sign(
      List<String> secrets, String webhookId, long timestampSeconds, byte[] body) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("There is no webhook secret to sign with");
    }
    if (!ID.matcher(webhookId).matches()) {
      throw new IllegalArgumentException(
          "A webhook-id consists of visible ASCII characters without a full stop, unlike '%s'"
              .formatted(webhookId));
    }
    byte[] head = (webhookId + "." + timestampSeconds + ".").getBytes(StandardCharsets.US_ASCII);
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), head, body)))
        .collect(Collectors.joining(" "));
  }

  /** Those of a client's secrets that can be signed with, in their order. */
  public static List<String> usable(List<String> secrets) {
    return secrets.stream().filter(WebhookSignature::isSecret).toList();
  }

  /** Whether this is a secret that {@link #sign} takes. */
  public static boolean isSecret(String text) {
    try {
      key(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static byte[] key(String secret) {
    byte[] key = decoded(secret);
    // JDK's decoder also takes what lacks its padding; some receivers' decoders do not.
    boolean isCanonical = secret.equals(PREFIX + Base64.getEncoder().encodeToString(key));
    if (!isCanonical || key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
      throw notASecret();
    }
    return key;
  }

  private static byte[] decoded(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw notASecret();
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException _) {
      // Its message shows a character of the secret.
      throw notASecret();
    }
  }

  private static IllegalArgumentException notASecret() {
    return new IllegalArgumentException(
        "A webhook secret is %s and then the padded base64 of %d to %d bytes; this one (not shown) is not"
            .formatted(PREFIX, SHORTEST_KEY, LONGEST_KEY));
  }

  private static byte[] hmac(byte[] key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no HmacSHA256, which every Java SE has", e);
    }
  }
}
