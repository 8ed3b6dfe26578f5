package dev.pixal3d.jobs.core.webhook;

import static dev.pixal3d.jobs.core.upstream.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixal3d.jobs.core.testing.MutableClock;
import dev.pixal3d.jobs.core.upstream.WireServer;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Network;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Timeouts;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Message;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what each kind of answer, or none, comes to. */
@Timeout(30)
class HttpWebhookSenderTest {
  private static final Instant NOW = Instant.parse("2026-05-22T13:17:32.110Z");
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final Duration WELL_BELOW_THE_DEADLINE = Duration.ofSeconds(8);
  private static final String OK = answer(200, "{}");

  private final HttpWebhookSender sender = new HttpWebhookSender(true, InstantSource.fixed(NOW));
  private final HttpWebhookSender hasty =
      new HttpWebhookSender(true, InstantSource.fixed(NOW), Network.REAL, SHORT);

  /** So that loading the classes does not eat up a short deadline. */
  @BeforeAll
  static void warmUp() throws IOException {
    try (WireServer server = WireServer.answering(OK)) {
      new HttpWebhookSender(true, InstantSource.system()).send(to(server));
    }
  }

  private static Message to(WireServer server) {
    return Messages.to(server.url().resolve("/hook"));
  }

  @Test
  void one_post_carries_the_signed_bytes_and_nothing_superfluous() throws IOException {
    try (WireServer server = WireServer.answering(OK)) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isTrue();
      assertThat(receipt.httpStatus()).isEqualTo(200);
      assertThat(receipt.error()).isNull();
      assertThat(receipt.retryAfter()).isNull();
      assertThat(receipt.at()).isEqualTo(NOW);
      assertThat(receipt.duration()).isBetween(Duration.ZERO, WELL_BELOW_THE_DEADLINE);
      assertThat(receipt.timestamp()).isEqualTo("1779455852");
      assertThat(receipt.signature())
          .isEqualTo(
              WebhookSignature.sign(
                  List.of(Messages.SECRET),
                  Messages.ID,
                  1779455852,
                  Messages.BODY.getBytes(StandardCharsets.UTF_8)));
      assertThat(server.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
            assertThat(request.headers())
                .containsExactlyInAnyOrder(
                    "Host: 127.0.0.1:" + server.url().getPort(),
                    "Content-Type: application/json",
                    "Content-Length: " + Messages.BODY.getBytes(StandardCharsets.UTF_8).length,
                    "User-Agent: pixal3d-jobs",
                    "Connection: close",
                    "webhook-id: " + Messages.ID,
                    "webhook-timestamp: 1779455852",
                    "webhook-signature: " + receipt.signature(),
                    "");
            assertThat(request.body()).isEqualTo(Messages.BODY);
          });
    }
  }

  @Test
  void each_attempt_keeps_the_id_and_is_signed_anew() throws IOException {
    MutableClock clock = new MutableClock();
    HttpWebhookSender later = new HttpWebhookSender(true, clock);
    try (WireServer server = WireServer.answering(answer(500, "{}"))) {
      Receipt first = later.send(to(server));
      clock.advance(Duration.ofSeconds(5));
      Receipt second = later.send(to(server));

      assertThat(second.timestamp()).isEqualTo("1779455857");
      assertThat(second.signature()).isNotEqualTo(first.signature());
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests())
          .allSatisfy(
              request -> assertThat(request.headers()).contains("webhook-id: " + Messages.ID));
      assertThat(server.requests().getLast().headers())
          .contains("webhook-timestamp: 1779455857", "webhook-signature: " + second.signature());
    }
  }

  @ParameterizedTest
  @MethodSource
  void what_is_asked_for_is_the_path_and_the_query(String address, String target)
      throws IOException {
    try (WireServer server = WireServer.answering(OK)) {
      sender.send(Messages.to(server.url() + address));

      assertThat(server.requests())
          .singleElement()
          .satisfies(
              request -> assertThat(request.line()).isEqualTo("POST " + target + " HTTP/1.1"));
    }
  }

  static Stream<Arguments> what_is_asked_for_is_the_path_and_the_query() {
    return Stream.of(
        Arguments.of("", "/"),
        Arguments.of("?a=1", "/?a=1"),
        Arguments.of("/a%2Fb/../c;d?e=%20&f=/?", "/a%2Fb/../c;d?e=%20&f=/?"),
        Arguments.of("/a#fragment", "/a"),
        Arguments.of("//evil.example/a", "//evil.example/a"),
        Arguments.of("/@evil.example:80/", "/@evil.example:80/"),
        Arguments.of("/caf\u00e9", "/caf%C3%A9"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void any_2xx_is_a_delivery(int status) throws IOException {
    try (WireServer server = WireServer.answering("HTTP/1.1 " + status + " Fine\r\n\r\n")) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isTrue();
      assertThat(receipt.gone()).isFalse();
      assertThat(receipt.httpStatus()).isEqualTo(status);
      assertThat(receipt.error()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 407, 408, 410, 417, 421, 425, 429, 500, 503, 599, 999})
  void any_other_answer_is_none_and_nothing_is_tried_again(int status) throws IOException {
    try (WireServer server =
        WireServer.answering(
            answer(
                status,
                "{}",
                "WWW-Authenticate: Basic realm=\"a\"",
                "Proxy-Authenticate: Basic realm=\"a\"",
                "Upgrade: h2c",
                "Retry-After: 7"))) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isFalse();
      assertThat(receipt.gone()).isEqualTo(status == 410);
      assertThat(receipt.httpStatus()).isEqualTo(status);
      assertThat(receipt.error()).isEqualTo("answered " + status);
      assertThat(receipt.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void a_redirect_is_not_followed(int status) throws IOException {
    try (WireServer trap = WireServer.answering(OK);
        WireServer server =
            WireServer.answering(answer(status, "{}", "Location: " + trap.url() + "/hook"))) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isFalse();
      assertThat(receipt.error()).isEqualTo("answered " + status + "; redirects are not followed");
      assertThat(trap.connections()).isZero();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void retry_after_may_be_a_date() throws IOException {
    try (WireServer server =
        WireServer.answering(answer(503, "", "Retry-After: Fri, 22 May 2026 13:18:32 GMT"))) {
      assertThat(sender.send(to(server)).retryAfter()).isEqualTo(Duration.ofMillis(59_890));
    }
  }

  @Test
  void a_delivery_asks_for_no_wait() throws IOException {
    try (WireServer server = WireServer.answering(answer(200, "", "Retry-After: 7"))) {
      assertThat(sender.send(to(server)).retryAfter()).isNull();
    }
  }

  @Test
  void what_comes_before_the_final_answer_counts_for_nothing() throws IOException {
    try (WireServer server =
        WireServer.answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + answer(500, ""))) {
      assertThat(sender.send(to(server)).httpStatus()).isEqualTo(500);
    }
  }

  private static final String KIB = "x".repeat(1024);

  static Stream<Arguments> the_status_counts_and_the_connection_is_cut_if_the_body() {
    return Stream.of(
        body("is longer than 64 KiB", answer(200, KIB.repeat(65)), ""),
        body("is announced as huge", answer(200, "").replace("th: 0", "th: 99999999999"), KIB),
        body("is without end", "HTTP/1.1 200 OK\r\n\r\n", KIB),
        body("is without end, in chunks", WireServer.chunks(200), "400\r\n%s\r\n".formatted(KIB)),
        body("claims to be compressed", answer(200, KIB.repeat(65), "Content-Encoding: gzip"), ""));
  }

  private static Arguments body(String what, String begin, String again) {
    return Arguments.argumentSet(what, begin, again);
  }

  @ParameterizedTest
  @MethodSource
  void the_status_counts_and_the_connection_is_cut_if_the_body(String begin, String again)
      throws IOException, InterruptedException {
    CountDownLatch cut = new CountDownLatch(1);
    try (WireServer server =
        WireServer.http(connection -> {
          connection.readRequest();
          try {
            connection.write(begin);
            while (!again.isEmpty()) {
              connection.write(again);
            }
            connection.readByte();
          } catch (IOException e) {
            cut.countDown();
            throw e;
          }
        })) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isTrue();
      assertThat(receipt.duration()).isLessThan(WELL_BELOW_THE_DEADLINE);
      cut.await();
    }
  }

  static Stream<Arguments> the_status_counts_if_the_body() {
    return Stream.of(
        script(
            "drips",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\n\r\n");
              connection.trickle("x");
            }),
        script(
            "does not come",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
              connection.hang();
            }),
        script(
            "breaks off",
            connection -> connection.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nx")),
        script(
            "is reset",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
              connection.reset();
            }),
        script(
            "has chunks that are none",
            connection ->
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n")));
  }

  private static Arguments script(String what, WireServer.Script script) {
    return Arguments.argumentSet(what, script);
  }

  private static WireServer afterTheRequest(WireServer.Script script) throws IOException {
    return WireServer.http(connection -> {
      connection.readRequest();
      script.play(connection);
    });
  }

  @ParameterizedTest
  @MethodSource
  void the_status_counts_if_the_body(WireServer.Script script) throws IOException {
    try (WireServer server = afterTheRequest(script)) {
      Receipt receipt = hasty.send(to(server));

      assertThat(receipt.httpStatus()).isEqualTo(200);
      assertThat(receipt.delivered()).isTrue();
      assertThat(receipt.error()).isNull();
      assertThat(receipt.duration()).isLessThan(WELL_BELOW_THE_DEADLINE);
    }
  }

  static Stream<Arguments> there_is_no_answer_within_the_deadline_if_the_receiver() {
    return Stream.of(
        script("says nothing", WireServer.Connection::hang),
        script("drips its status line", connection -> connection.trickle("H")),
        script(
            "drips its headers",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\n");
              connection.trickle("A: 1\r\n");
            }),
        script(
            "only ever answers 100",
            connection -> connection.trickle("HTTP/1.1 100 Continue\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource
  void there_is_no_answer_within_the_deadline_if_the_receiver(WireServer.Script script)
      throws IOException {
    try (WireServer server = afterTheRequest(script)) {
      Receipt receipt = hasty.send(to(server));

      assertThat(receipt.delivered()).isFalse();
      assertThat(receipt.httpStatus()).isNull();
      assertThat(receipt.error()).isEqualTo("no answer within 1 s");
      assertThat(receipt.duration()).isBetween(Duration.ofMillis(990), WELL_BELOW_THE_DEADLINE);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<Arguments> there_is_no_answer_if_what_comes() {
    return Stream.of(
        failure("is nothing", _ -> {}, "the connection was closed without an answer"),
        failure(
            "is a reset",
            WireServer.Connection::reset,
            "the connection broke before an answer came: "),
        failure(
            "is half a head",
            connection -> connection.write("HTTP/1.1 200 OK\r\nContent-"),
            "the answer is not HTTP/1.1"),
        failure(
            "is a header without end",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\nA: ");
              while (true) {
                connection.write(KIB);
              }
            },
            "the answer is not HTTP/1.1"),
        failure(
            "is headers without end",
            connection -> {
              connection.write("HTTP/1.1 200 OK\r\n");
              while (true) {
                connection.write("A: " + KIB + "\r\n");
              }
            },
            "the answer is not HTTP/1.1"),
        failure(
            "is no HTTP",
            connection -> {
              while (true) {
                connection.write("220 mail.example ESMTP\r\n");
              }
            },
            "the answer is not HTTP/1.1"),
        failure(
            "is HTTP/2",
            connection -> {
              connection.write("HTTP/2 200 OK\r\n\r\n");
            },
            "the answer is not HTTP/1.1"),
        failure(
            "has a length that is none",
            connection -> connection.write("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
            "the answer is not HTTP/1.1"));
  }

  private static Arguments failure(String what, WireServer.Script script, String error) {
    return Arguments.argumentSet(what, script, error);
  }

  @ParameterizedTest
  @MethodSource
  void there_is_no_answer_if_what_comes(WireServer.Script script, String error) throws IOException {
    try (WireServer server = afterTheRequest(script)) {
      Receipt receipt = sender.send(to(server));

      assertThat(receipt.delivered()).isFalse();
      assertThat(receipt.httpStatus()).isNull();
      assertThat(receipt.error()).startsWith(error);
      assertThat(receipt.duration()).isLessThan(WELL_BELOW_THE_DEADLINE);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_refused_connection_is_told() throws IOException {
    try (Socket bound = new Socket()) {
      // Taken, and nobody listens.
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = bound.getLocalPort();

      Receipt receipt = sender.send(Messages.to("http://127.0.0.1:" + port + "/hook?secret"));

      assertThat(receipt.error())
          .isEqualTo(
              "no connection: Connect to http://127.0.0.1:%d failed: Connection refused"
                  .formatted(port));
    }
  }

  @Test
  void a_name_that_leads_nowhere_is_told() {
    RecordingNetwork network = new RecordingNetwork();

    Receipt receipt =
        new HttpWebhookSender(false, InstantSource.fixed(NOW), network.real(), Timeouts.DEFAULT)
            .send(Messages.to("https://nowhere.example/hook"));

    assertThat(receipt.error()).isEqualTo("the host's name leads to no address");
    assertThat(network.lookups()).containsExactly("nowhere.example");
  }

  @Test
  void a_look_up_that_hangs_ends_at_the_deadline_and_connects_to_nothing_when_it_wakes()
      throws InterruptedException {
    RecordingNetwork network = new RecordingNetwork();
    CountDownLatch asleep = new CountDownLatch(1);
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    Network slow =
        new Network(
            _ -> {
              threads.add(Thread.currentThread());
              try {
                asleep.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            network.real().tls(),
            network.real().sockets());

    Receipt receipt =
        new HttpWebhookSender(true, InstantSource.fixed(NOW), slow, SHORT)
            .send(Messages.to("http://localhost:1/"));

    assertThat(receipt.error()).isEqualTo("no answer within 1 s");
    asleep.countDown();
    threads.take().join();
    assertThat(network.connects()).isEmpty();
  }

  @Test
  void a_thread_that_is_interrupted_stays_so_and_gets_a_receipt() throws IOException {
    try (WireServer server = afterTheRequest(WireServer.Connection::hang)) {
      Thread.currentThread().interrupt();
      Receipt receipt = sender.send(to(server));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(receipt.error()).isEqualTo("the sender was stopped before an answer came");
    }
  }

  @Test
  void secrets_that_are_none_are_a_fault_of_the_caller_who_is_not_shown_them() {
    Message message =
        new Message(
            URI.create("https://hooks.example/"),
            Messages.ID,
            new byte[0],
            List.of("whsec_c2VjcmV0"));

    assertThatThrownBy(() -> sender.send(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("c2VjcmV0");
    assertThat(message.toString()).doesNotContain("c2VjcmV0", "hooks.example");
  }
}
