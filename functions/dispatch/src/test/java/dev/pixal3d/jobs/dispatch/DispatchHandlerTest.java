package dev.pixal3d.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();

  private final DispatchHandler handler = new DispatchHandler(WORLD.environment());
  private final RequestId id = new RequestIds(InstantSource.system(), new SecureRandom()).get();

  @Test
  void hands_the_job_to_pixal3d() {
    create();

    assertThat(failures(dispatch())).isEmpty();

    assertThat(job().waitsFor()).isEqualTo(WaitsFor.REPORT);
    assertThat(job().upstreamId()).startsWith("pixal3d_");
  }

  @Test
  void gives_the_message_back_when_there_is_no_time_for_a_post() {
    create();

    List<String> failures =
        handler
            .handleRequest(dispatch(), new TestContext(() -> 30_000))
            .getBatchItemFailures()
            .stream()
            .map(BatchItemFailure::getItemIdentifier)
            .toList();

    assertThat(failures).containsExactly("message-0");
    assertThat(job().waitsFor()).isEqualTo(WaitsFor.DISPATCH);
  }

  @Test
  void is_done_with_a_message_about_a_job_that_is_gone() {
    assertThat(failures(dispatch())).isEmpty();
  }

  @Test
  void gives_back_a_message_of_another_queue() {
    assertThat(failures(Events.batch(new JobMessage.SweepAll()))).containsExactly("message-0");
  }

  private void create() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Job job =
        new Lifecycle(Jobs.SETTINGS)
            .accept(id, FunctionWorld.CLIENT, Jobs.order(WebhookMode.TERMINAL), now)
            .job();
    WORLD.store().create(job);
  }

  private Job job() {
    return WORLD.store().load(id).orElseThrow();
  }

  private SQSEvent dispatch() {
    return Events.batch(new JobMessage.Dispatch(id, 1, Duration.ZERO));
  }

  private List<String> failures(SQSEvent event) {
    return handler.handleRequest(event, TestContext.PLENTY).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
