package dev.pixal3d.jobs.core.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbackTokensTest {
  private static final URI BASE = URI.create("https://api.example.com");
  private static final RequestId ID = Jobs.id(1);

  private final CallbackTokens tokens = new CallbackTokens(() -> List.of("new", "old"));

  @Test
  void stand_in_the_callback_url_behind_the_id() {
    assertThat(tokens.callbackUrl(BASE, ID).toString())
        .startsWith("https://api.example.com/callbacks/" + ID + "/")
        .matches(".*/[A-Za-z0-9_-]{43}");
  }

  /** openssl: printf %s ID | openssl dgst -sha256 -hmac new -binary | basenc --base64url. */
  @Test
  void are_the_hmac_sha256_of_the_id() {
    assertThat(token(tokens, new RequestId("pixal3d_019e0000-0000-7000-8000-000000000001")))
        .isEqualTo("tU-MbkRMcgMxRUzpLXgyb0yibBzcKvJiGH0pPDhVPoM");
  }

  @Test
  void are_valid_for_their_job() {
    assertThat(tokens.isValid(ID, token(tokens, ID))).isTrue();
  }

  @Test
  void are_not_valid_for_another_job() {
    assertThat(tokens.isValid(Jobs.id(2), token(tokens, ID))).isFalse();
  }

  @Test
  void stay_valid_while_the_secret_is_rotated() {
    var before = new CallbackTokens(() -> List.of("old"));

    assertThat(tokens.isValid(ID, token(before, ID))).isTrue();
  }

  @Test
  void are_not_valid_once_their_secret_is_gone() {
    var after = new CallbackTokens(() -> List.of("newest", "new"));
    var before = new CallbackTokens(() -> List.of("old"));

    assertThat(after.isValid(ID, token(before, ID))).isFalse();
  }

  @Test
  void are_compared_as_text_to_the_last_character() {
    String token = token(tokens, ID);
    // The last of 43 characters holds two bits that decoding would pass over.
    for (char other :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
      String changed = token.substring(0, 42) + other;
      assertThat(tokens.isValid(ID, changed)).isEqualTo(changed.equals(token));
    }
    assertThat(tokens.isValid(ID, token + "=")).isFalse();
  }

  private static String token(CallbackTokens tokens, RequestId id) {
    String url = tokens.callbackUrl(BASE, id).toString();
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
