package dev.pixal3d.jobs.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static String sign(String secret, String id, long timestamp, String body) {
    return sign(List.of(secret), id, timestamp, body);
  }

  private static String sign(List<String> secrets, String id, long timestamp, String body) {
    return WebhookSignature.sign(secrets, id, timestamp, body.getBytes(StandardCharsets.UTF_8));
  }

  /** From the libraries of standard-webhooks: TestScenario.java of the Java one. */
  private static String first(String id, long timestamp, String body) {
    return sign(SECRET, id, timestamp, body);
  }

  @Test
  void is_that_of_the_published_vectors() {
    assertThat(first("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    // lib.rs of the Rust one.
    assertThat(
            sign(
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1649367553,
                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}"))
        .isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
  }

  @Test
  void is_one_entry_a_secret_newest_first_while_secrets_rotate() {
    String body =
        """
        {"type":"job.completed","timestamp":"2026-01-01T00:00:00Z","data":\
        {"request_id":"pixal3d_00000000-0000-4000-8000-000000000000","status":"COMPLETED"}}\
        """;
    assertThat(body).hasSize(149);
    assertThat(
            sign(
                List.of(
                    "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
                    "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"),
                "msg_rot_1",
                1767225600,
                body))
        .isEqualTo(
            "v1,Ntja4oQShR8LM99lQmjeoPOmQ7Cfx0Pj945kwlU0c5E="
                + " v1,bmLNz7O/yS7rw5M52F+QL4Rhu0kdrsZBv4FhrijITBk=");
  }

  @Test
  void covers_the_id_the_timestamp_and_every_byte_of_the_body() {
    String published = first("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}");

    assertThat(
            List.of(
                first("msg_p5jXN8AQM9LWM0D4loKWxJel", 1614265330, "{\"test\": 2432232314}"),
                first("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, "{\"test\": 2432232314}"),
                first("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232315}"),
                first("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}\n")))
        .doesNotHaveDuplicates()
        .doesNotContain(published);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 26, 32, 63, 64})
  void a_secret_has_24_to_64_bytes(int bytes) {
    assertThat(WebhookSignature.isSecret(secretOf(bytes))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 1000})
  void anything_shorter_or_longer_is_none(int bytes) {
    assertThat(WebhookSignature.isSecret(secretOf(bytes))).isFalse();
  }

  private static String secretOf(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS\n",
        "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8",
        "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9=",
        "whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void another_form_is_none_and_is_never_repeated(String text) {
    assertThat(WebhookSignature.isSecret(text)).isFalse();
    assertThatThrownBy(() -> sign(List.of(SECRET, text), "msg_1", 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(not shown)")
        .hasNoCause()
        .satisfies(e -> {
          if (text.length() > "whsec_".length()) {
            assertThat(e.getMessage()).doesNotContain(text.substring(6));
          }
        });
  }

  @Test
  void nothing_is_signed_without_a_secret() {
    assertThatThrownBy(() -> sign(List.of(), "msg_1", 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no webhook secret to sign with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "msg.1", "msg 1", "msg_1\r\nX-Evil: 1", "msg_\u00e9"})
  void an_id_is_visible_ascii_without_a_full_stop(String id) {
    assertThatThrownBy(() -> sign(SECRET, id, 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A webhook-id consists of visible ASCII");
  }
}
