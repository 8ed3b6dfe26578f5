package dev.pixal3d.jobs.core.upstream;

import static dev.pixal3d.jobs.core.upstream.WireServer.answer;
import static dev.pixal3d.jobs.core.upstream.WireServer.chunks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.upstream.Pixal3d.Submission;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Accepted;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Refused;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.TryLater;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link GatewayPixal3d#submit} sends, and what it makes of everything that can come back. */
@Timeout(30)
class GatewaySubmitTest {
  private static final Instant NOW = Instant.parse("2026-05-22T13:17:32Z");
  private static final String KEY = "key-0123456789";
  private static final String TOKEN = "q2Tz0fV5n1xG7hQm";
  private static final URI CALLBACK =
      URI.create("https://jobs.example.com/callbacks/pixal3d_1/" + TOKEN);
  private static final String REQUEST =
      "{\"image_url\":\"https://example.com/d\u00f6g.png\",\"seed\":18446744073709551615}";
  private static final Submission SUBMISSION =
      new Submission(REQUEST, CALLBACK, WebhookMode.TERMINAL);
  private static final String ACCEPTED =
      "{\"request_id\":\"pixal3d_019d\",\"status\":\"QUEUED\",\"polling_url\":\"https://x/y\"}";
  private static final String ERROR = "{\"error\":\"Short\",\"message\":\"What is wrong.\"}";
  private static final GatewayPixal3d.Timeouts PATIENT = GatewayPixal3d.Timeouts.DEFAULT;
  private static final GatewayPixal3d.Timeouts HASTY =
      new GatewayPixal3d.Timeouts(
          Duration.ofMillis(400), Duration.ofMillis(800), Duration.ofMillis(800));

  private static SubmitOutcome submit(URI baseUrl, GatewayPixal3d.Timeouts timeouts) {
    return new GatewayPixal3d(baseUrl, () -> KEY, timeouts, InstantSource.fixed(NOW))
        .submit(SUBMISSION);
  }

  private static SubmitOutcome submitTo(WireServer server) {
    return submit(server.url(), PATIENT);
  }

  private static SubmitOutcome outcomeOf(String answer) throws IOException {
    try (WireServer server = WireServer.answering(answer)) {
      return submitTo(server);
    }
  }

  private static String messageOf(SubmitOutcome outcome) {
    return switch (outcome) {
      case Accepted(String id) -> throw new AssertionError("accepted as " + id);
      case Refused(int _, String message) -> message;
      case TryLater(Reason _, String message, Duration _) -> message;
      case Unknown(String message) -> message;
    };
  }

  @Nested
  class The_request {
    @Test
    void is_the_one_of_the_page() throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        submitTo(server);

        WireServer.Request request = server.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST /pixal3d/v1/pixal3d-request HTTP/1.1");
        assertThat(request.headers())
            .contains(
                "Content-Type: application/json",
                "Cache-Control: no-cache",
                "Ocp-Apim-Subscription-Key: " + KEY,
                "X-Webhook-URL: " + CALLBACK,
                "X-Webhook-Mode: terminal");
      }
    }

    @Test
    void forwards_the_body_as_it_is() throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        submitTo(server);

        assertThat(server.requests().getFirst().body()).isEqualTo(REQUEST);
      }
    }

    @Test
    void names_the_mode_that_was_asked_for() throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        new GatewayPixal3d(server.url(), () -> KEY, PATIENT, InstantSource.system())
            .submit(new Submission(REQUEST, CALLBACK, WebhookMode.SYNC));

        assertThat(server.requests().getFirst().headers()).contains("X-Webhook-Mode: sync");
      }
    }

    @ParameterizedTest
    @CsvSource({"/, /", "/proxy, /proxy/", "/a%20b/, /a%20b/"})
    void goes_below_the_base_urls_path(String path, String expected) throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        submit(server.url().resolve(path), PATIENT);

        assertThat(server.requests().getFirst().line())
            .isEqualTo("POST " + expected + "pixal3d/v1/pixal3d-request HTTP/1.1");
      }
    }

    @Test
    void goes_on_a_connection_of_its_own_each_time() throws IOException {
      WireServer.Script keepAlive =
          connection -> {
            while (true) {
              connection.readRequest();
              connection.write(answer(202, ACCEPTED));
            }
          };
      try (WireServer server = WireServer.http(keepAlive)) {
        GatewayPixal3d gateway =
            new GatewayPixal3d(server.url(), () -> KEY, PATIENT, InstantSource.system());
        gateway.submit(SUBMISSION);
        gateway.submit(SUBMISSION);

        assertThat(server.connections()).isEqualTo(2);
      }
    }

    @Test
    void leaves_no_thread_behind() throws IOException {
      Set<Thread> before = clientThreads();
      outcomeOf(answer(202, ACCEPTED));
      outcomeOf("HTTP/1.1 2");

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(clientThreads()).isSubsetOf(before));
    }

    private static Set<Thread> clientThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("HttpClient-"))
          .collect(Collectors.toSet());
    }
  }

  @Nested
  class Accepted_means {
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 203, 299})
    void two_hundred_and_something_with_a_request_id(int status) throws IOException {
      assertThat(outcomeOf(answer(status, ACCEPTED))).isEqualTo(new Accepted("pixal3d_019d"));
    }

    @Test
    void the_id_whatever_else_is_said() throws IOException {
      assertThat(outcomeOf(answer(200, "{\"request_id\":\"!~\",\"news\":[{}],\"status\":7}")))
          .isEqualTo(new Accepted("!~"));
    }

    @Test
    void the_id_in_chunks_too() throws IOException {
      assertThat(outcomeOf(chunks(202, "{\"req", "uest_id\":", "\"id\"}") + "0\r\n\r\n"))
          .isEqualTo(new Accepted("id"));
    }

    @Test
    void the_final_answer_after_interim_ones() throws IOException {
      assertThat(
              outcomeOf(
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"
                      + answer(202, ACCEPTED)))
          .isEqualTo(new Accepted("pixal3d_019d"));
    }

    @Test
    void a_body_that_ends_with_the_connection_is_whole() throws IOException {
      assertThat(outcomeOf("HTTP/1.1 202 Accepted\r\n\r\n" + ACCEPTED))
          .isEqualTo(new Accepted("pixal3d_019d"));
    }

    @Test
    void an_answer_as_long_as_the_limit_is_read() throws IOException {
      String filler = " ".repeat(64 * 1024 - ACCEPTED.length());
      assertThat(outcomeOf(answer(202, ACCEPTED + filler))).isInstanceOf(Accepted.class);
    }
  }

  @Nested
  class Two_hundred_and_something_is_unknown {
    static Stream<String> without_a_readable_request_id() {
      return Stream.of(
          "",
          "OK",
          "null",
          "[]",
          "{}",
          "\"id\"",
          "{\"request_id\":null}",
          "{\"request_id\":7}",
          "{\"request_id\":\"\"}",
          "{\"request_id\":\"two words\"}",
          "{\"request_id\":\"line\\r\\nX-Evil: 1\"}",
          "{\"request_id\":\"\u00fc\"}",
          "{\"request_id\":\"" + "x".repeat(201) + "\"}",
          "{\"request_id\":\"a\",\"request_id\":\"b\"}",
          "{\"request_id\":\"a\"} {}",
          "{\"request_id\":\"a\"");
    }

    @ParameterizedTest
    @MethodSource
    void without_a_readable_request_id(String body) throws IOException {
      assertThat(outcomeOf(answer(202, body))).isInstanceOf(Unknown.class);
    }

    @Test
    void and_says_so_if_it_is_for_the_request_id() throws IOException {
      assertThat(messageOf(outcomeOf(answer(202, "{}"))))
          .contains("202", "without a readable request_id");
    }

    @Test
    void without_any_body() throws IOException {
      assertThat(outcomeOf("HTTP/1.1 204 No Content\r\n\r\n")).isInstanceOf(Unknown.class);
    }

    @Test
    void with_a_body_longer_than_64_KiB() throws IOException {
      assertThat(outcomeOf(answer(202, ACCEPTED + " ".repeat(1024 * 1024))))
          .isInstanceOf(Unknown.class);
    }

    @Test
    void in_an_encoding_other_than_utf_8() throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 202 Accepted\r\n\r\n{\"request_id\":\"a\",\"x\":\"");
            connection.write(new byte[] {(byte) 0xC3, (byte) 0x28});
            connection.write("\"}");
          })) {
        assertThat(submitTo(server)).isInstanceOf(Unknown.class);
      }
    }
  }

  @Nested
  class An_answer_that_rules_a_charge_out_lets_it_be_tried_again {
    @ParameterizedTest
    @CsvSource({
      "402, INSUFFICIENT_BALANCE",
      "401, UNAUTHORIZED",
      "403, UNAUTHORIZED",
      "429, THROTTLED",
      "503, UNAVAILABLE",
      "408, UNAVAILABLE",
      "425, UNAVAILABLE",
      "500, UNAVAILABLE",
      "301, UNAVAILABLE",
      "307, UNAVAILABLE",
      "308, UNAVAILABLE"
    })
    void by_its_status(int status, Reason reason) throws IOException {
      assertThat(outcomeOf(answer(status, ERROR)))
          .isInstanceOfSatisfying(
              TryLater.class, later -> assertThat(later.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"402, INSUFFICIENT_BALANCE", "429, THROTTLED", "503, UNAVAILABLE"})
    void even_if_its_body_is_cut(int status, Reason reason) throws IOException {
      assertThat(outcomeOf("HTTP/1.1 " + status + " No\r\nContent-Length: 99\r\n\r\n{\"err"))
          .isInstanceOfSatisfying(
              TryLater.class, later -> assertThat(later.reason()).isEqualTo(reason));
    }

    @Test
    void with_upstreams_words() throws IOException {
      assertThat(messageOf(outcomeOf(answer(402, ERROR))))
          .isEqualTo("Pixal3D answered 402: What is wrong.");
    }

    @Test
    void after_the_seconds_that_it_names() throws IOException {
      assertThat(outcomeOf(answer(429, ERROR, "Retry-After: 17")))
          .isInstanceOfSatisfying(
              TryLater.class,
              later -> assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
    }

    @Test
    void at_the_date_that_it_names() throws IOException {
      assertThat(outcomeOf(answer(503, ERROR, "Retry-After: Fri, 22 May 2026 13:18:32 GMT")))
          .isInstanceOfSatisfying(
              TryLater.class,
              later -> assertThat(later.retryAfter()).isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void at_our_own_pace_if_it_names_none() throws IOException {
      assertThat(outcomeOf(answer(429, ERROR)))
          .isInstanceOfSatisfying(TryLater.class, later -> assertThat(later.retryAfter()).isNull());
    }

    @Test
    void a_redirect_is_not_followed_nor_quoted() throws IOException {
      try (WireServer server =
          WireServer.answering(answer(307, "", "Location: /elsewhere?key=" + KEY))) {
        SubmitOutcome outcome = submitTo(server);

        assertThat(messageOf(outcome)).contains("307", "PIXAL3D_BASE_URL").doesNotContain(KEY);
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  @Nested
  class An_answer_that_tells_nothing_is_unknown {
    @ParameterizedTest
    @ValueSource(ints = {300, 302, 303, 304, 399, 501, 502, 504, 507, 520, 599, 600, 999})
    void by_its_status(int status) throws IOException {
      assertThat(outcomeOf(answer(status, ERROR))).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{}",
          "<html>",
          "{\"error\":\"only\"}",
          "{\"message\":\"only\"}",
          "{\"error\":null,\"message\":\"\"}",
          "{\"error\":{},\"message\":\"\"}",
          "[{\"error\":\"a\",\"message\":\"b\"}]"
        })
    void if_it_is_a_500_without_the_pages_error_body(String body) throws IOException {
      assertThat(outcomeOf(answer(500, body))).isInstanceOf(Unknown.class);
    }

    @Test
    void if_it_is_a_500_whose_error_body_is_cut() throws IOException {
      assertThat(outcomeOf("HTTP/1.1 500 No\r\nContent-Length: 99\r\n\r\n" + ERROR))
          .isInstanceOf(Unknown.class);
    }
  }

  @Nested
  class A_refusal {
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 409, 410, 413, 414, 415, 422, 431, 451, 499})
    void is_any_other_4xx(int status) throws IOException {
      assertThat(outcomeOf(answer(status, ERROR))).isEqualTo(new Refused(status, "What is wrong."));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"message\":\"M\",\"error\":\"E\"}|M",
          "{\"message\":\"  \",\"error\":\"E\"}|E",
          "{\"message\":null,\"error\":\"E\"}|E",
          "{\"error\":{\"code\":7}}|{\"code\":7}",
          "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"bad\"}]}|[{\"loc\":[\"body\"],\"msg\":\"bad\"}]"
        })
    void is_told_in_upstreams_words(String body, String words) throws IOException {
      assertThat(messageOf(outcomeOf(answer(400, body)))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "[]", "{\"message\":null}", "\u0000"})
    void is_told_in_ours_if_upstream_has_none(String body) throws IOException {
      assertThat(messageOf(outcomeOf(answer(404, body))))
          .isEqualTo("Pixal3D refused the request with HTTP status 404 and gave no reason");
    }

    @Test
    void stands_even_if_its_body_is_cut() throws IOException {
      assertThat(outcomeOf("HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\n{\"err"))
          .isInstanceOf(Refused.class);
    }

    @Test
    void stands_even_if_its_body_is_1_MiB() throws IOException {
      assertThat(outcomeOf(answer(413, "x".repeat(1024 * 1024)))).isInstanceOf(Refused.class);
    }

    @Test
    void is_told_in_at_most_500_characters() throws IOException {
      String message = messageOf(outcomeOf(answer(400, "{\"error\":\"" + "x".repeat(501) + "\"}")));
      assertThat(message).hasSize(500).endsWith("x…");
    }

    @Test
    void is_told_without_control_characters() throws IOException {
      assertThat(messageOf(outcomeOf(answer(400, "{\"error\":\"a\\r\\nb\\u001b[31m\\u0000\"}"))))
          .isEqualTo("a  b [31m");
    }
  }

  @Nested
  class Nothing_was_sent {
    private static void assertUnreachable(SubmitOutcome outcome) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              TryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void if_the_name_does_not_resolve() {
      assertUnreachable(submit(URI.create("http://no-such-host.invalid"), PATIENT));
    }

    @Test
    void if_the_connection_is_refused() throws IOException {
      try (Socket boundButNotListening = new Socket()) {
        boundButNotListening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = boundButNotListening.getLocalPort();

        assertUnreachable(submit(URI.create("http://127.0.0.1:" + port), PATIENT));
      }
    }

    @Test
    void if_the_connection_is_not_made_in_time() throws IOException {
      List<Socket> fillers = new ArrayList<>();
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        fillBacklog(listener, fillers);

        assertUnreachable(submit(URI.create("http://127.0.0.1:" + listener.getLocalPort()), HASTY));
      } finally {
        for (Socket filler : fillers) {
          filler.close();
        }
      }
    }

    /** Linux leaves a SYN unanswered once nobody accepts and the queue is full. */
    private static void fillBacklog(ServerSocket listener, List<Socket> fillers)
        throws IOException {
      for (int i = 0; i < 64; i++) {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
          filler.connect(
              new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 200);
        } catch (SocketTimeoutException full) {
          return;
        }
      }
      throw new AssertionError("The backlog does not fill up");
    }

    @Test
    void and_the_message_names_the_address() throws IOException {
      URI url;
      try (WireServer server = WireServer.answering("")) {
        url = server.url();
      }
      assertThat(messageOf(submit(url, PATIENT))).contains("Nothing was sent", url.toString());
    }
  }

  @Nested
  class Sent_and_not_answered_is_unknown {
    static Stream<Arguments> wherever_the_answer_is_cut() {
      return Stream.of(
          cut("before its first byte", ""),
          cut("in its status line", "HTTP/1.1 2"),
          cut("before the empty line", "HTTP/1.1 402 No\r\nContent-Length: 2\r\n"),
          cut("after an interim answer", "HTTP/1.1 100 Continue\r\n\r\n"),
          cut("before its body", "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n"),
          cut(
              "in its body",
              "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n{\"request_id\":\"a\"}"),
          cut("before its last chunk", chunks(202, "{\"request_id\":\"a\"}")),
          cut("for it is no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"),
          cut("for it is no text", "\u0015\u0003\u0003\u0000\u0002\u0002("),
          cut("for its status is no number", "HTTP/1.1 abc OK\r\n\r\n"),
          cut("for it changes the protocol", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"));
    }

    private static Arguments cut(String where, String answer) {
      return Arguments.argumentSet(where, answer);
    }

    @ParameterizedTest
    @MethodSource
    void wherever_the_answer_is_cut(String answer) throws IOException {
      try (WireServer server = WireServer.answering(answer)) {
        assertThat(submitTo(server)).isInstanceOf(Unknown.class);
      }
    }

    @Test
    void at_whichever_byte_a_good_answer_is_cut() throws IOException {
      String good = answer(202, ACCEPTED);
      for (int length = 0; length < good.length(); length++) {
        assertThat(outcomeOf(good.substring(0, length)))
            .as("cut after %d of %d bytes", length, good.length())
            .isInstanceOf(Unknown.class);
      }
    }

    @ParameterizedTest
    @MethodSource("wherever_the_answer_is_cut")
    void and_never_sent_again(String answer) throws IOException {
      try (WireServer server = WireServer.answering(answer)) {
        submitTo(server);

        assertThat(server.posts()).isEqualTo(1);
        assertThat(server.connections()).isEqualTo(1);
      }
    }

    @Test
    void if_the_connection_is_reset_after_the_request() throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            connection.reset();
          })) {
        assertThat(submitTo(server)).isInstanceOf(Unknown.class);
        assertThat(server.connections()).isEqualTo(1);
      }
    }

    @Test
    void if_the_connection_is_reset_within_the_request() throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readHead();
            connection.readByte();
            connection.reset();
          })) {
        assertThat(submitTo(server)).isInstanceOf(Unknown.class);
        assertThat(server.connections()).isEqualTo(1);
      }
    }

    @Test
    void if_no_answer_comes_in_time() throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            connection.hang();
          })) {
        assertThat(submit(server.url(), HASTY)).isInstanceOf(Unknown.class);
        assertThat(server.posts()).isEqualTo(1);
      }
    }

    static Stream<Arguments> if_the_answer_trickles_past_the_deadline() {
      return Stream.of(
          Arguments.argumentSet("in its headers", "HTTP/1.1 202 OK\r\n", "X-More: 1\r\n"),
          Arguments.argumentSet("in its body", "HTTP/1.1 202 OK\r\n\r\n", " "));
    }

    @ParameterizedTest
    @MethodSource
    void if_the_answer_trickles_past_the_deadline(String start, String drop) throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            connection.write(start);
            connection.trickle(drop);
          })) {
        SubmitOutcome outcome = submit(server.url(), HASTY);

        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(messageOf(outcome)).contains("not complete within 800 ms");
      }
    }

    @Test
    void if_interim_answers_never_end() throws IOException {
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            connection.trickle("HTTP/1.1 102 Processing\r\n\r\n");
          })) {
        assertThat(submit(server.url(), HASTY)).isInstanceOf(Unknown.class);
      }
    }

    @Test
    void if_the_caller_is_interrupted() throws Exception {
      CountDownLatch sent = new CountDownLatch(1);
      try (WireServer server =
          WireServer.http(connection -> {
            connection.readRequest();
            sent.countDown();
            connection.hang();
          })) {
        FutureTask<SubmitOutcome> call = new FutureTask<>(() -> submitTo(server));
        Thread caller = Thread.ofPlatform().start(call);
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();

        assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
      }
    }

    @Test
    void and_an_interrupt_stays_set() throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        Thread.currentThread().interrupt();
        submitTo(server);

        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Nested
  class A_connection_that_is_cut_before_the_body_was_read {
    static Stream<Arguments> at_once() {
      return Stream.of(
          Arguments.argumentSet("by closing it", (WireServer.Script) _ -> {}),
          Arguments.argumentSet("by reset", (WireServer.Script) WireServer.Connection::reset));
    }

    /**
     * The client may connect once more if the cut meets its connect, before anything was sent.
     * Whether the body was on its way by then is chance; the outcome must be true to it.
     */
    @ParameterizedTest
    @MethodSource
    void at_once(WireServer.Script script) throws IOException {
      try (WireServer server = WireServer.http(script)) {
        SubmitOutcome outcome = submitTo(server);

        assertThat(server.connections()).isBetween(1, 2);
        assertToldTruly(outcome);
      }
    }

    static Stream<Arguments> is_never_tried_again() {
      return Stream.of(
          Arguments.argumentSet(
              "after the headers", (WireServer.Script) WireServer.Connection::readHead),
          Arguments.argumentSet(
              "after the headers, by reset",
              (WireServer.Script)
                  connection -> {
                    connection.readHead();
                    connection.reset();
                  }));
    }

    /** Whether the body was on its way by then is chance; the outcome must be true to it. */
    @ParameterizedTest
    @MethodSource
    void is_never_tried_again(WireServer.Script script) throws IOException {
      try (WireServer server = WireServer.http(script)) {
        SubmitOutcome outcome = submitTo(server);

        assertThat(server.connections()).isEqualTo(1);
        assertToldTruly(outcome);
      }
    }

    private static void assertToldTruly(SubmitOutcome outcome) {
      assertThat(messageOf(outcome))
          .startsWith(outcome instanceof Unknown ? "The request was sent" : "Nothing was sent");
    }
  }

  @Nested
  class No_message_tells_a_secret {
    @ParameterizedTest
    @ValueSource(ints = {202, 302, 400, 402, 500, 502})
    void that_upstream_quotes(int status) throws IOException {
      String quoting =
          "{\"error\":\"Bad key %s\",\"message\":\"No such webhook: %s, %s\"}"
              .formatted(KEY, CALLBACK, TOKEN);
      assertThat(messageOf(outcomeOf(answer(status, quoting)))).doesNotContain(KEY, TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400, 502})
    void that_upstream_quotes_outside_of_json(int status) throws IOException {
      assertThat(messageOf(outcomeOf(answer(status, KEY + " " + CALLBACK))))
          .doesNotContain(KEY, TOKEN);
    }

    @Test
    void that_stands_where_the_message_is_cut() throws IOException {
      String quoting = "{\"message\":\"" + "x".repeat(490) + CALLBACK + "\"}";
      assertThat(messageOf(outcomeOf(answer(400, quoting)))).doesNotContain("https://jobs");
    }

    @Test
    void that_is_quoted_instead_of_http() throws IOException {
      assertThat(messageOf(outcomeOf(KEY + " " + CALLBACK + "\r\n\r\n")))
          .doesNotContain(KEY, TOKEN);
    }
  }

  @Nested
  class Without_a_key_that_can_be_sent {
    private static SubmitOutcome submitWith(Supplier<String> key, WireServer server) {
      return new GatewayPixal3d(server.url(), key, PATIENT, InstantSource.system())
          .submit(SUBMISSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "secret\r\nX-Evil: 1", "secret\n", "s\u00e9cret", "se cret"})
    void nothing_is_sent(String key) throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        SubmitOutcome outcome = submitWith(() -> key, server);

        assertThat(outcome)
            .isInstanceOfSatisfying(
                TryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.UNAUTHORIZED));
        assertThat(messageOf(outcome)).contains("PIXAL3D_API_KEY").doesNotContain("cret");
        assertThat(server.connections()).isZero();
      }
    }

    @Test
    void a_key_that_cannot_be_read_is_named_as_the_cause_without_telling_clients_why()
        throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        SubmitOutcome outcome =
            submitWith(
                () -> {
                  throw new IllegalStateException("Reading arn:aws:secretsmanager:1234 failed");
                },
                server);

        assertThat(messageOf(outcome))
            .contains("Nothing was sent", "cannot be read")
            .doesNotContain("arn:");
        assertThat(server.connections()).isZero();
      }
    }

    @Test
    void a_key_that_was_changed_is_picked_up() throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        List<String> keys = new ArrayList<>(List.of("old", "new"));
        GatewayPixal3d gateway =
            new GatewayPixal3d(server.url(), keys::removeFirst, PATIENT, InstantSource.system());
        gateway.submit(SUBMISSION);
        gateway.submit(SUBMISSION);

        assertThat(server.requests().getLast().headers())
            .contains("Ocp-Apim-Subscription-Key: new");
      }
    }
  }

  @Nested
  class Settings {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "gateway.pixazo.ai",
          "ftp://gateway.pixazo.ai",
          "https:///path",
          "https://under_score",
          "https://user:pass@gateway.pixazo.ai",
          "https://gateway.pixazo.ai/?a=b",
          "https://gateway.pixazo.ai/#top",
          "https://gateway.pixazo.ai/pixal3d/v1",
          "mailto:a@b"
        })
    void an_address_that_is_no_base_url_is_refused(String url) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              new GatewayPixal3d(URI.create(url), () -> KEY, PATIENT, InstantSource.system()));
    }

    @ParameterizedTest
    @EnumSource(WebhookMode.class)
    void an_empty_request_is_refused(WebhookMode mode) throws IOException {
      try (WireServer server = WireServer.answering(answer(202, ACCEPTED))) {
        GatewayPixal3d gateway =
            new GatewayPixal3d(server.url(), () -> KEY, PATIENT, InstantSource.system());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> gateway.submit(new Submission("", CALLBACK, mode)));
      }
    }

    @Test
    void a_timeout_of_zero_is_refused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              new GatewayPixal3d.Timeouts(
                  Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1)));
    }
  }
}
