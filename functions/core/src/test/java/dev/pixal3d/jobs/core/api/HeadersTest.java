package dev.pixal3d.jobs.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

  @Test
  void the_case_of_a_name_does_not_count() {
    assertThat(Headers.of(Map.of("x-webhook-url", "a")).get("X-Webhook-URL")).hasValue("a");
  }

  @Test
  void a_header_that_was_not_sent_has_no_value() {
    assertThat(Headers.of(Map.of()).get("X-Webhook-URL")).isEmpty();
  }

  @Test
  void a_header_that_was_sent_in_two_spellings_has_its_values_joined() {
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("x-webhook-mode", "sync");
    sent.put("X-Webhook-Mode", "terminal");
    assertThat(Headers.of(sent).get("X-Webhook-Mode")).hasValue("sync,terminal");
  }

  @Test
  void values_do_not_show_in_a_log() {
    assertThat(Headers.of(Map.of("Ocp-Apim-Subscription-Key", "sesame")))
        .hasToString("Headers[Ocp-Apim-Subscription-Key]");
  }
}
