package dev.pixal3d.jobs.fuzz.targets;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.fuzz.draw.Addresses;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules can be broken. */
class AnswersTest {

  private static void check(int status, String body) throws ViolationException {
    check(status, body, "application/json");
  }

  private static void check(int status, String body, String type) throws ViolationException {
    var _ =
        Answers.check(
            APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(Map.of("Content-Type", type))
                .withBody(body)
                .build());
  }

  private static void assertBroken(int status, String body) {
    assertThatExceptionOfType(ViolationException.class).isThrownBy(() -> check(status, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"Not Found\",\"message\":\"None.\"}",
        "{\"error\":\"Bad"
            + " Request\",\"message\":\"m\",\"details\":[{\"field\":\"\",\"message\":\"x\"}]}"
      })
  void anErrorOfThePagesShapeIsOne(String body) {
    assertThatCode(() -> check(400, body)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{}",
        "{\"error\":\"e\"}",
        "{\"error\":\"e\",\"message\":\" \"}",
        "{\"error\":\"e\",\"message\":7}",
        "{\"error\":\"e\",\"message\":\"m\",\"trace\":\"at x\"}",
        "{\"error\":\"e\",\"message\":\"m\",\"details\":[]}",
        "{\"error\":\"e\",\"message\":\"m\",\"details\":[{\"field\":\"f\"}]}",
        "{\"error\":\"e\",\"message\":\"half a pair: \ud83d\"}",
        "{\"error\":\"e\",\"message\":\"your key is " + World.API_KEY + "\"}",
        "{\"error\":\"e\",\"message\":\"/hook/" + Addresses.CREDENTIAL + "\"}"
      })
  void anErrorOfAnotherIsNot(String body) {
    assertBroken(400, body);
  }

  @Test
  void aServersErrorALongOneAndAHeaderOfTwoLinesAreNot() {
    assertBroken(500, "{\"error\":\"Internal Server Error\",\"message\":\"m\"}");
    assertBroken(400, "{\"error\":\"e\",\"message\":\"" + "m".repeat(64 * 1024) + "\"}");
    assertThatExceptionOfType(ViolationException.class)
        .isThrownBy(() -> check(200, "{}", "text/plain\r\nX: y"));
  }

  @Test
  void whatHasEndedOtherwiseASecretOrHalfACharacterInAJobIsNot() {
    Job failed = ended(JobStatus.FAILED, "out of memory", null);

    assertThatCode(() -> Answers.checkJob(World.TAKEN, failed)).doesNotThrowAnyException();
    assertBroken(World.COMPLETED, failed);
    assertBroken(failed, World.TAKEN);
    assertBroken(World.TAKEN, ended(JobStatus.FAILED, "key " + World.UPSTREAM_KEY, null));
    assertBroken(World.TAKEN, ended(JobStatus.FAILED, "\ud83d", null));
    assertBroken(World.TAKEN, ended(JobStatus.FAILED, "two\nlines", null));
    assertBroken(
        World.TAKEN,
        ended(JobStatus.COMPLETED, null, new Output(List.of("https://x.r2.dev/\u2028"), null)));
  }

  private static void assertBroken(Job before, Job after) {
    assertThatExceptionOfType(ViolationException.class)
        .isThrownBy(() -> Answers.checkJob(before, after));
  }

  private static Job ended(JobStatus status, @Nullable String error, @Nullable Output output) {
    var report = new Report(String.valueOf(World.TAKEN.upstreamId()), status, error, output, null);
    return new Lifecycle(Jobs.SETTINGS)
        .decide(World.TAKEN, new Event.CalledBack(report), World.NOW)
        .job();
  }
}
