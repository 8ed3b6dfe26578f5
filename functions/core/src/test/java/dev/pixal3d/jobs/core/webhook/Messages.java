package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.webhook.WebhookSender.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events to send. */
final class Messages {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String OLD_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
  static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  static final String BODY =
      "{\"request_id\":\"pixal3d_1\",\"error\":\"pr\u00e9cis \ud83d\ude42\"}";

  private Messages() {}

  static Message to(String url) {
    return to(URI.create(url));
  }

  static Message to(URI url) {
    return new Message(url, ID, BODY.getBytes(StandardCharsets.UTF_8), List.of(SECRET));
  }
}
