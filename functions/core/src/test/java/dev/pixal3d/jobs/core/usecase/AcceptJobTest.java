package dev.pixal3d.jobs.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.SubmitRequest;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import dev.pixal3d.jobs.core.usecase.AcceptJob.Result;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptJobTest {
  private static final URI PUBLIC_URL = URI.create("https://api.example.com");
  private static final String DOG = "https://example.com/dog.png";
  private static final String CAT = "https://example.com/cat.png";

  private final World world = new World();

  @Test
  void saves_the_job_and_sends_it_to_dispatch() {
    Job job = accepted(accept(submit(DOG, null)));

    assertThat(world.job(job.id())).isEqualTo(job);
    assertThat(world.queues.takeAll())
        .containsExactly(new JobMessage.Dispatch(job.id(), 1, Duration.ZERO));
  }

  @Test
  void accepts_a_job_whose_message_cannot_be_sent_for_the_sweep_brings_it_back() {
    world.queues.breakDown();

    Job job = accepted(accept(submit(DOG, null)));

    assertThat(world.job(job.id()).dueAt()).isEqualTo(world.clock.instant().plusSeconds(60));
  }

  @Test
  void gives_the_first_answer_again_for_the_same_key_and_request() {
    Job first = accepted(accept(submit(DOG, "key-1")));

    Result second = accept(submit(DOG, "key-1"));

    assertThat(second).isEqualTo(new Result.Accepted(first, true));
    assertThat(world.queues.takeAll()).hasSize(1);
  }

  @Test
  void refuses_the_key_of_another_request() {
    accept(submit(DOG, "key-1"));

    assertThat(accept(submit(CAT, "key-1"))).isEqualTo(new Result.KeyReused());
  }

  @Test
  void keeps_the_keys_of_two_clients_apart() {
    accept(submit(DOG, "key-1"));

    Result others =
        world.acceptJob(true).accept(submit(CAT, "key-1"), "another client", PUBLIC_URL);

    assertThat(others).isInstanceOf(Result.Accepted.class);
  }

  @Test
  void forgets_a_key_after_a_day() {
    Job first = accepted(accept(submit(DOG, "key-1")));
    world.clock.advance(Duration.ofHours(24));

    Job second = accepted(accept(submit(DOG, "key-1")));

    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void tells_of_an_empty_wallet_while_the_gate_is_closed_for_it() {
    refuseOne(Reason.INSUFFICIENT_BALANCE);

    assertThat(accept(submit(DOG, null))).isEqualTo(new Result.InsufficientBalance());
  }

  @Test
  void goes_on_taking_jobs_while_pixal3d_throttles_us() {
    refuseOne(Reason.THROTTLED);

    assertThat(accept(submit(DOG, null))).isInstanceOf(Result.Accepted.class);
  }

  @Test
  void repeats_what_it_accepted_before_even_while_it_takes_nothing_new() {
    Job first = accepted(accept(submit(DOG, "key-1")));
    refuseOne(Reason.INSUFFICIENT_BALANCE);

    assertThat(accept(submit(DOG, "key-1")))
        .isEqualTo(new Result.Accepted(world.job(first.id()), true));
    assertThat(world.acceptJob(false).accept(submit(DOG, "key-1"), "acme", PUBLIC_URL))
        .isInstanceOf(Result.Accepted.class);
  }

  @Test
  void takes_nothing_while_it_is_closed() {
    assertThat(world.acceptJob(false).accept(submit(DOG, null), "acme", PUBLIC_URL))
        .isEqualTo(new Result.Closed());
  }

  private void refuseOne(Reason reason) {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.TryLater(reason, "refused", null));
    world.dispatchJob().dispatch(world.accepted().id(), 1);
  }

  private Result accept(SubmitRequest submit) {
    return world.acceptJob(true).accept(submit, "acme", PUBLIC_URL);
  }

  private static Job accepted(Result result) {
    assertThat(result).isInstanceOf(Result.Accepted.class);
    return ((Result.Accepted) result).job();
  }

  private static SubmitRequest submit(String imageUrl, @Nullable String idempotencyKey) {
    var headers = new java.util.HashMap<String, String>();
    headers.put("Content-Type", "application/json");
    if (idempotencyKey != null) {
      headers.put("Idempotency-Key", idempotencyKey);
    }
    byte[] body = "{\"image_url\":\"%s\"}".formatted(imageUrl).getBytes(UTF_8);
    var result = new SubmitRequestReader(false).read(Headers.of(Map.copyOf(headers)), body);
    return ((SubmitRequestReader.Valid) result).submit();
  }
}
