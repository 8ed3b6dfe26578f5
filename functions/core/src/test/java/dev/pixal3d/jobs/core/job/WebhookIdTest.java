package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.Jobs;
import org.junit.jupiter.api.Test;

/** Clients drop repeats by these ids, so that they are part of what is promised. */
class WebhookIdTest {
  private static final RequestId JOB = Jobs.id(1);

  @Test
  void of_the_end_names_the_job() {
    assertThat(WebhookId.ofEnd(JOB)).isEqualTo("msg_019e0000-0000-7000-8000-000000000001");
  }

  @Test
  void of_a_report_names_the_job_and_counts() {
    assertThat(WebhookId.ofReport(JOB, 1)).isEqualTo("msg_019e0000-0000-7000-8000-000000000001_1");
    assertThat(WebhookId.ofReport(JOB, 12))
        .isEqualTo("msg_019e0000-0000-7000-8000-000000000001_12");
  }

  @Test
  void of_a_trial_is_told_apart_from_that_of_any_job() {
    assertThat(WebhookId.ofTest(JOB)).isEqualTo("msg_test_019e0000-0000-7000-8000-000000000001");
  }
}
