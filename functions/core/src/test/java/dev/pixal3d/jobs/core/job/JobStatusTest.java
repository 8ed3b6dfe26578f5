package dev.pixal3d.jobs.core.job;

import static dev.pixal3d.jobs.core.job.JobStatus.PROCESSING;
import static dev.pixal3d.jobs.core.job.JobStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {
  private static final List<JobStatus> ENDS =
      List.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.ERROR, JobStatus.CANCELLED);
  private static final Map<JobStatus, List<JobStatus>> MAY_BECOME =
      Map.of(
          QUEUED,
          List.of(
              PROCESSING,
              JobStatus.COMPLETED,
              JobStatus.FAILED,
              JobStatus.ERROR,
              JobStatus.CANCELLED),
          PROCESSING,
          ENDS);

  @ParameterizedTest
  @EnumSource
  void only_moves_forward_and_no_further_than_its_end(JobStatus status) {
    assertThat(Arrays.stream(JobStatus.values()).filter(status::mayBecome))
        .containsExactlyElementsOf(MAY_BECOME.getOrDefault(status, List.of()));
  }

  @Test
  void is_terminal_just_when_nothing_comes_after_it() {
    assertThat(Arrays.stream(JobStatus.values()).filter(JobStatus::isTerminal))
        .containsExactlyElementsOf(ENDS);
  }
}
