package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import org.junit.jupiter.api.Test;

class PollJobTest {
  private final World world = new World();
  private final Job job = world.dispatched();

  @Test
  void ends_a_job_whose_callback_was_lost() {
    world.pixal3d.onStatus(new StatusOutcome.Answered(Jobs.report(JobStatus.COMPLETED)));

    world.pollJob().poll(job.id(), job.attempt());

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void does_not_ask_for_a_stale_message() {
    world.pollJob().poll(job.id(), job.attempt() - 1);

    assertThat(world.pixal3d.polls()).isZero();
  }

  @Test
  void asks_once_for_two_deliveries_of_one_message() {
    world.pixal3d.onStatus(new StatusOutcome.Answered(Jobs.report(JobStatus.PROCESSING)));

    world.pollJob().poll(job.id(), job.attempt());
    world.pollJob().poll(job.id(), job.attempt());

    assertThat(world.pixal3d.polls()).isEqualTo(1);
  }

  @Test
  void asks_again_later_when_there_was_no_answer() {
    world.pixal3d.onStatus(new StatusOutcome.NoAnswer("HTTP 502"));

    world.pollJob().poll(job.id(), job.attempt());

    Job after = world.job(job.id());
    assertThat(after.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(after.dueAt()).isAfter(world.clock.instant());
  }
}
