package dev.pixal3d.jobs.core.upstream;

import static dev.pixal3d.jobs.core.upstream.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.upstream.StatusOutcome.Answered;
import dev.pixal3d.jobs.core.upstream.StatusOutcome.NoAnswer;
import dev.pixal3d.jobs.core.upstream.StatusOutcome.NotKnown;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link GatewayPixal3d#status} asks, and what counts as an answer. */
@Timeout(30)
class GatewayStatusTest {
  private static final String KEY = "key-0123456789";
  private static final String PROCESSING = "{\"request_id\":\"id\",\"status\":\"PROCESSING\"}";

  private static GatewayPixal3d gateway(URI baseUrl) {
    return new GatewayPixal3d(
        baseUrl,
        () -> KEY,
        new GatewayPixal3d.Timeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
        InstantSource.system());
  }

  private static StatusOutcome outcomeOf(String answer) throws IOException {
    try (WireServer server = WireServer.answering(answer)) {
      return gateway(server.url()).status("id");
    }
  }

  private static void assertNoAnswer(StatusOutcome outcome) {
    assertNoAnswer(outcome, "");
  }

  private static void assertNoAnswer(StatusOutcome outcome, String words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            NoAnswer.class, none -> assertThat(none.message()).contains(words).doesNotContain(KEY));
  }

  @Test
  void asks_as_the_page_tells() throws IOException {
    try (WireServer server = WireServer.answering(answer(200, PROCESSING))) {
      gateway(server.url()).status("pixal3d_019d");

      WireServer.Request request = server.requests().getFirst();
      assertThat(request.line()).isEqualTo("GET /v2/requests/status/pixal3d_019d HTTP/1.1");
      assertThat(request.headers()).contains("Ocp-Apim-Subscription-Key: " + KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a/../b, a%2F..%2Fb",
    "a?b#c, a%3Fb%23c",
    "50%, 50%25",
    "a+b, a%2Bb",
    "'a b', a%20b",
    "'a\r\nX-Evil: 1', a%0D%0AX-Evil%3A%201"
  })
  void an_id_stays_one_segment_of_the_path(String id, String segment) throws IOException {
    try (WireServer server = WireServer.answering(answer(200, PROCESSING))) {
      gateway(server.url().resolve("/base/")).status(id);

      assertThat(server.requests().getFirst().line())
          .isEqualTo("GET /base/v2/requests/status/" + segment + " HTTP/1.1");
    }
  }

  @Test
  void a_report_about_the_job_is_an_answer() throws IOException {
    assertThat(outcomeOf(answer(200, PROCESSING)))
        .isEqualTo(new Answered(new Report("id", JobStatus.PROCESSING, null, null, null)));
  }

  @Test
  void an_answer_of_almost_1_MiB_is_read() throws IOException {
    String filler = " ".repeat(1024 * 1024 - PROCESSING.length());
    assertThat(outcomeOf(answer(200, PROCESSING + filler))).isInstanceOf(Answered.class);
  }

  @Test
  void a_longer_one_is_not() throws IOException {
    assertNoAnswer(outcomeOf(answer(200, PROCESSING + " ".repeat(1024 * 1024))));
  }

  @Test
  void a_report_about_another_job_is_none() throws IOException {
    assertNoAnswer(
        outcomeOf(answer(200, "{\"request_id\":\"other\",\"status\":\"COMPLETED\"}")), "other");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 400, 401, 410, 429, 500, 502, 503})
  void a_status_other_than_200_and_404_is_none(int status) throws IOException {
    assertNoAnswer(outcomeOf(answer(status, PROCESSING)), "" + status);
  }

  @Test
  void a_404_tells_that_upstream_does_not_know_the_id() throws IOException {
    assertThat(outcomeOf(answer(404, "{\"error\":\"Not found\"}"))).isEqualTo(new NotKnown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"request_id\":\"id\"}",
        "{\"request_id\":\"id\",\"status\":\"DONE\"}",
        "{\"request_id\":\"id\",\"status\":\"ERROR\",\"status\":\"COMPLETED\"}"
      })
  void a_body_that_is_no_report_is_none(String body) throws IOException {
    assertNoAnswer(outcomeOf(answer(200, body)));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 200})
  void the_key_is_not_repeated_if_upstream_quotes_it(int status) throws IOException {
    assertNoAnswer(
        outcomeOf(
            answer(status, "{\"error\":\"Bad key " + KEY + "\",\"status\":\"" + KEY + "\"}")));
  }

  @Test
  void a_reports_error_does_not_repeat_the_key() throws IOException {
    String quoting =
        "{\"request_id\":\"id\",\"status\":\"ERROR\",\"error\":\"Bad key " + KEY + "\"}";

    assertThat(outcomeOf(answer(200, quoting)))
        .isEqualTo(new Answered(new Report("id", JobStatus.ERROR, "Bad key [hidden]", null, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"req"})
  void a_cut_answer_is_none(String start) throws IOException {
    assertNoAnswer(outcomeOf(start));
  }

  @Test
  void silence_is_none() throws IOException {
    try (WireServer server = WireServer.http(WireServer.Connection::hang)) {
      GatewayPixal3d hasty =
          new GatewayPixal3d(
              server.url(),
              () -> KEY,
              new GatewayPixal3d.Timeouts(
                  Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300)),
              InstantSource.system());
      assertNoAnswer(hasty.status("id"), "300 ms");
    }
  }

  @Test
  void a_server_that_is_away_gives_none() throws IOException {
    URI url;
    try (WireServer server = WireServer.answering("")) {
      url = server.url();
    }
    assertNoAnswer(gateway(url).status("id"), url.toString());
  }

  @Test
  void a_key_that_cannot_be_sent_gives_none() throws IOException {
    try (WireServer server = WireServer.answering(answer(200, PROCESSING))) {
      GatewayPixal3d keyless =
          new GatewayPixal3d(
              server.url(), () -> "", GatewayPixal3d.Timeouts.DEFAULT, InstantSource.system());
      assertNoAnswer(keyless.status("id"), "PIXAL3D_API_KEY");
    }
  }

  @Test
  void a_key_that_cannot_be_read_gives_none_and_clients_are_not_told_why() {
    GatewayPixal3d keyless =
        new GatewayPixal3d(
            URI.create("https://127.0.0.1:9"),
            () -> {
              throw new IllegalStateException("Reading arn:aws:secretsmanager:1234 failed");
            },
            GatewayPixal3d.Timeouts.DEFAULT,
            InstantSource.system());

    assertThat(keyless.status("id"))
        .isInstanceOfSatisfying(
            NoAnswer.class,
            none -> assertThat(none.message()).contains("cannot be read").doesNotContain("arn:"));
  }

  @Test
  void a_connection_that_died_since_the_last_call_does_no_harm() throws IOException {
    AtomicBoolean first = new AtomicBoolean(true);
    WireServer.Script keepsTheFirstOpenButDead =
        connection -> {
          connection.readRequest();
          connection.write(answer(200, PROCESSING));
          if (first.getAndSet(false)) {
            connection.hang();
          }
        };
    try (WireServer server = WireServer.http(keepsTheFirstOpenButDead)) {
      GatewayPixal3d gateway = gateway(server.url());
      gateway.status("id");

      assertThat(gateway.status("id")).isInstanceOf(Answered.class);
    }
  }
}
