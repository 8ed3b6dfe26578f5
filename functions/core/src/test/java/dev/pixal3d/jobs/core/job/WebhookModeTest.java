package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WebhookModeTest {
  @Test
  void has_the_two_words_of_the_page() {
    assertThat(Arrays.stream(WebhookMode.values()).map(WebhookMode::headerValue))
        .containsExactlyInAnyOrder("terminal", "sync");
  }
}
