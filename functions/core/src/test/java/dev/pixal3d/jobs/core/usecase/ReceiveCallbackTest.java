package dev.pixal3d.jobs.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveCallbackTest {
  private static final String OUR_MEDIA = "https://pub-1.r2.dev/v1/output.glb";
  private static final String OTHER_ID = "pixal3d_019d0000-0000-7000-8000-0000000000bb";

  private final World world = new World();
  private final Job job = world.dispatched();

  @Test
  void ends_the_job_that_it_is_about() {
    assertThat(receive(job, completed(Jobs.UPSTREAM_ID, OUR_MEDIA))).isEqualTo(Result.TAKEN);

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(world.pixal3d.polls()).isZero();
  }

  @Test
  void is_taken_twice_and_counts_once() {
    receive(job, completed(Jobs.UPSTREAM_ID, OUR_MEDIA));
    Job once = world.job(job.id());

    assertThat(receive(job, completed(Jobs.UPSTREAM_ID, OUR_MEDIA))).isEqualTo(Result.TAKEN);

    assertThat(world.job(job.id())).isEqualTo(once);
  }

  @Test
  void never_moves_a_status_back() {
    receive(job, completed(Jobs.UPSTREAM_ID, OUR_MEDIA));

    receive(job, body(Jobs.UPSTREAM_ID, "PROCESSING", "null"));

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "the token of another job", "no id at all"})
  void without_the_jobs_own_token_is_told_nothing_and_changes_nothing(String kind) {
    String token =
        kind.equals("the token of another job") ? world.token(world.accepted().id()) : kind;
    String id = kind.equals("no id at all") ? "gate#dispatch" : job.id().value();

    Result result =
        world.receiveCallback(false).receive(id, token, completed(Jobs.UPSTREAM_ID, OUR_MEDIA));

    assertThat(result).isEqualTo(Result.NOT_FOUND);
    assertThat(world.job(job.id())).isEqualTo(job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"request_id\":1}", "{\"status\":\"DONE\"}"})
  void that_is_no_report_is_malformed(String body) {
    assertThat(receive(job, body.getBytes(UTF_8))).isEqualTo(Result.MALFORMED);
    assertThat(world.job(job.id())).isEqualTo(job);
  }

  @Test
  void over_64_kib_is_too_large() {
    assertThat(receive(job, new byte[64 * 1024 + 1])).isEqualTo(Result.TOO_LARGE);
  }

  @Test
  void of_64_kib_is_read() {
    String report = new String(completed(Jobs.UPSTREAM_ID, OUR_MEDIA), UTF_8);
    byte[] padded = (report + " ".repeat(64 * 1024 - report.length())).getBytes(UTF_8);

    assertThat(padded).hasSize(64 * 1024);
    assertThat(receive(job, padded)).isEqualTo(Result.TAKEN);
    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @ParameterizedTest
  @CsvSource({"FAILED, FAILED", "ERROR, ERROR", "PROCESSING, PROCESSING"})
  void that_tells_of_no_result_needs_none_to_be_believed(String word, JobStatus status) {
    assertThat(receive(job, body(Jobs.UPSTREAM_ID, word, "null"))).isEqualTo(Result.TAKEN);

    assertThat(world.job(job.id()).status()).isEqualTo(status);
    assertThat(world.queues.takeAll()).isEmpty();
  }

  @Test
  void about_another_upstream_job_changes_nothing() {
    assertThat(receive(job, completed(OTHER_ID, OUR_MEDIA))).isEqualTo(Result.NOT_THIS_JOB);

    assertThat(world.job(job.id())).isEqualTo(job);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/output.glb",
        "http://pub-1.r2.dev/output.glb",
        "https://pub-1.r2.dev.evil.example/output.glb",
        "https://r2.dev/output.glb",
        "https://pub-1.r2.dev@evil.example/output.glb",
        "https://user@pub-1.r2.dev/output.glb",
        "http://localhost/output.glb",
        "javascript:alert(1)"
      })
  void with_a_foreign_result_is_not_believed_but_makes_us_poll(String mediaUrl) {
    assertThat(receive(job, completed(Jobs.UPSTREAM_ID, mediaUrl))).isEqualTo(Result.TAKEN);

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(world.queues.takeAll())
        .containsExactly(new JobMessage.Poll(job.id(), job.attempt(), Duration.ZERO));
  }

  @Test
  void that_completes_without_a_result_is_not_believed_but_makes_us_poll() {
    receive(job, body(Jobs.UPSTREAM_ID, "COMPLETED", "null"));

    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(world.queues.takeAll()).hasSize(1);
  }

  @Test
  void whose_error_quotes_the_callback_url_tells_the_client_no_token() {
    String token = world.token(job.id());
    String report =
        "{\"request_id\":\"%s\",\"status\":\"FAILED\",\"error\":\"No answer from /callbacks/x/%s\"}"
            .formatted(Jobs.UPSTREAM_ID, token);

    receive(job, report.getBytes(UTF_8));

    assertThat(world.job(job.id()).error()).isEqualTo("No answer from /callbacks/x/[hidden]");
  }

  @Test
  void about_a_submit_whose_answer_was_lost_is_read_back_and_heals_it() {
    Job unknown = unknownOutcome();
    world.pixal3d.onStatus(new StatusOutcome.Answered(Jobs.report(JobStatus.PROCESSING)));

    assertThat(receive(unknown, completed(Jobs.UPSTREAM_ID, "https://evil.example/x.glb")))
        .isEqualTo(Result.TAKEN);

    Job healed = world.job(unknown.id());
    assertThat(healed.upstreamId()).isEqualTo(Jobs.UPSTREAM_ID);
    assertThat(healed.status()).isEqualTo(JobStatus.PROCESSING);
  }

  @Test
  void with_an_upstream_id_that_pixal3d_does_not_know_changes_nothing() {
    Job unknown = unknownOutcome();
    world.pixal3d.onStatus(new StatusOutcome.NotKnown());

    assertThat(receive(unknown, completed(OTHER_ID, OUR_MEDIA))).isEqualTo(Result.NOT_THIS_JOB);

    assertThat(world.job(unknown.id())).isEqualTo(unknown);
  }

  @Test
  void that_cannot_be_read_back_is_to_come_again() {
    Job unknown = unknownOutcome();
    world.pixal3d.onStatus(new StatusOutcome.NoAnswer("HTTP 502"));

    assertThat(receive(unknown, completed(Jobs.UPSTREAM_ID, OUR_MEDIA)))
        .isEqualTo(Result.TRY_AGAIN);

    assertThat(world.job(unknown.id()).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void is_read_back_at_the_end_where_that_is_wanted_and_the_answer_counts() {
    world.pixal3d.onStatus(new StatusOutcome.Answered(Jobs.report(JobStatus.FAILED)));

    Result result =
        world
            .receiveCallback(true)
            .receive(
                job.id().value(), world.token(job.id()), completed(Jobs.UPSTREAM_ID, OUR_MEDIA));

    assertThat(result).isEqualTo(Result.TAKEN);
    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void is_believed_before_the_end_also_where_ends_are_read_back() {
    Result result =
        world
            .receiveCallback(true)
            .receive(
                job.id().value(),
                world.token(job.id()),
                body(Jobs.UPSTREAM_ID, "PROCESSING", "null"));

    assertThat(result).isEqualTo(Result.TAKEN);
    assertThat(world.job(job.id()).status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(world.pixal3d.polls()).isZero();
  }

  @Test
  void for_a_job_that_is_no_longer_kept_finds_nothing() {
    var gone = Jobs.id(77);

    assertThat(
            world
                .receiveCallback(false)
                .receive(gone.value(), world.token(gone), completed(Jobs.UPSTREAM_ID, OUR_MEDIA)))
        .isEqualTo(Result.NOT_FOUND);
  }

  private Job unknownOutcome() {
    world.pixal3d.onSubmit(() -> new SubmitOutcome.Unknown("reset"));
    Job unknown = world.accepted();
    world.dispatchJob().dispatch(unknown.id(), 1);
    return world.job(unknown.id());
  }

  private Result receive(Job about, byte[] body) {
    return world.receiveCallback(false).receive(about.id().value(), world.token(about.id()), body);
  }

  private static byte[] completed(String upstreamId, String mediaUrl) {
    return body(
        upstreamId,
        "COMPLETED",
        "{\"media_url\":[\"%s\"],\"media_type\":\"model/glb\"}".formatted(mediaUrl));
  }

  private static byte[] body(String upstreamId, String status, String output) {
    return """
    {"request_id":"%s","status":"%s","model_id":"pixal3d","error":null,"output":%s}
    """
        .formatted(upstreamId, status, output)
        .getBytes(UTF_8);
  }
}
