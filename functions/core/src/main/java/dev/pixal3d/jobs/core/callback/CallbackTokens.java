package dev.pixal3d.jobs.core.callback;

import dev.pixal3d.jobs.core.job.RequestId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pixal3D's callbacks carry no signature, so the URL that we give it is the credential: it holds
 * the base64url of HMAC-SHA256 (RFC 2104) over the job's id with a secret of ours. Never logged.
 */
public class CallbackTokens {
  private static final String HMAC = "HmacSHA256";

  private final Supplier<List<String>> secrets;

  /**
   * @param secrets valid now, newest first; the newest makes tokens, each of them is accepted
   */
  public CallbackTokens(Supplier<List<String>> secrets) {
    this.secrets = secrets;
  }

  /** Where Pixal3D is to report about a job. */
  public URI callbackUrl(URI publicUrl, RequestId id) {
    return URI.create(
        publicUrl + "/callbacks/" + id.value() + "/" + token(id, secrets.get().getFirst()));
  }

  /** Whether this is a token of this very job. Takes as long for a wrong one as for a right one. */
  public boolean isValid(RequestId id, String token) {
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean valid = false;
    for (String secret : secrets.get()) {
      byte[] expected = token(id, secret).getBytes(StandardCharsets.UTF_8);
      valid |= MessageDigest.isEqual(expected, given);
    }
    return valid;
  }

  private static String token(RequestId id, String secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] digest = mac.doFinal(id.value().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC + ".", e);
    }
  }
}
