package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import org.junit.jupiter.api.Test;

class JobTest {
  @Test
  void of_another_version_is_the_same_but_for_that() {
    Job job = Jobs.acceptedWithWebhook(Jobs.id(1), WebhookMode.SYNC);

    Job saved = job.ofVersion(7);

    assertThat(saved.version()).isEqualTo(7);
    assertThat(saved.ofVersion(job.version())).isEqualTo(job);
  }

  @Test
  void is_forgotten_when_nothing_is_left_of_what_was_ordered() {
    Job.Order order = Jobs.orderWithWebhook(WebhookMode.SYNC);

    assertThat(order.forgotten())
        .isEqualTo(new Job.Order("{}", null, WebhookMode.TERMINAL, order.publicUrl()));
    assertThat(Jobs.accepted(Jobs.id(1)).isForgotten()).isFalse();
  }
}
