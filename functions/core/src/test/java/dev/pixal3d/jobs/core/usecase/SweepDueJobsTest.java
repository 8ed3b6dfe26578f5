package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepDueJobsTest {
  private final World world = new World();

  @Test
  void takes_up_every_due_job_once_however_many_there_are() {
    var ids = new ArrayList<RequestId>();
    for (int n = 0; n < 1_000; n++) {
      ids.add(world.accepted().id());
    }
    world.clock.advance(Duration.ofSeconds(60));

    List<RequestId> taken = world.sweep().stream().map(SweepDueJobsTest::idOf).toList();

    assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void leaves_what_is_not_due() {
    world.accepted();
    world.clock.advance(Duration.ofSeconds(59));

    assertThat(world.sweep()).isEmpty();
  }

  @Test
  void sends_no_message_when_nothing_is_due() {
    world.sweepDueJobs().sweepAll();

    assertThat(world.queues.takeAll()).isEmpty();
  }

  @Test
  void takes_a_job_once_when_two_sweeps_overlap() {
    world.accepted();
    world.clock.advance(Duration.ofSeconds(60));

    List<JobMessage> first = world.sweep();
    List<JobMessage> second = world.sweep();

    assertThat(first).hasSize(1);
    assertThat(second).isEmpty();
  }

  @Test
  void goes_on_by_message_when_its_time_is_up() {
    world.accepted();
    world.clock.advance(Duration.ofSeconds(60));

    world.sweepDueJobs().sweepShard(2, () -> false);

    assertThat(world.queues.takeAll()).containsExactly(new JobMessage.SweepShard(2));
  }

  @Test
  void asks_pixal3d_about_a_job_that_it_is_silent_about() {
    Job job = world.dispatched();
    world.clock.advance(Duration.ofSeconds(180));

    assertThat(world.sweep())
        .containsExactly(new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO));
  }

  private static RequestId idOf(JobMessage message) {
    return ((JobMessage.Dispatch) message).id();
  }
}
