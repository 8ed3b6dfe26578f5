package dev.pixal3d.jobs.core.upstream;

import static dev.pixal3d.jobs.core.upstream.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.upstream.Pixal3d.Submission;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Accepted;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.TryLater;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A submit over https: nothing counts as sent before the handshake is over and was good. */
@Timeout(30)
class GatewayTlsTest {
  private static final Submission SUBMISSION =
      new Submission(
          "{\"image_url\":\"https://example.com/dog.png\"}",
          URI.create("https://jobs.example.com/callbacks/1/q2Tz0fV5n1xG7hQm"),
          WebhookMode.TERMINAL);
  private static final String ACCEPTED = answer(202, "{\"request_id\":\"pixal3d_019d\"}");
  private static final GatewayPixal3d.Timeouts PATIENT = GatewayPixal3d.Timeouts.DEFAULT;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SSLContext trusted;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext expired;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext ofAnotherName;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext trust;

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    trusted = certificates.identity("trusted", "ip:127.0.0.1");
    expired =
        certificates.identity("expired", "ip:127.0.0.1", "-startdate", "-9d", "-validity", "8");
    ofAnotherName = certificates.identity("another", "dns:another.example");
    trust = certificates.trust();
  }

  private static SubmitOutcome submit(
      WireServer server,
      GatewayPixal3d.Timeouts timeouts,
      SSLContext tls,
      Supplier<HttpClient.Builder> clients) {
    return new GatewayPixal3d(
            server.url(), () -> "key-0123456789", timeouts, InstantSource.system(), tls, clients)
        .submit(SUBMISSION);
  }

  private static SubmitOutcome submit(WireServer server) {
    return submit(server, PATIENT, trust, HttpClient::newBuilder);
  }

  private static void assertUnreachable(SubmitOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            TryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  private static WireServer answering(SSLContext identity) throws IOException {
    return WireServer.https(
        identity,
        connection -> {
          connection.readRequest();
          connection.write(ACCEPTED);
        });
  }

  @Test
  void a_submit_over_https_is_accepted() throws IOException {
    try (WireServer server = answering(trusted)) {
      assertThat(submit(server)).isEqualTo(new Accepted("pixal3d_019d"));
      assertThat(server.posts()).isEqualTo(1);
    }
  }

  static Stream<Arguments> nothing_is_sent_to_a_server_whose_certificate()
      throws NoSuchAlgorithmException {
    return Stream.of(
        Arguments.argumentSet(
            "comes from an authority that is not trusted", trusted, SSLContext.getDefault()),
        Arguments.argumentSet("is out of date", expired, trust),
        Arguments.argumentSet("is another's", ofAnotherName, trust));
  }

  @ParameterizedTest
  @MethodSource
  void nothing_is_sent_to_a_server_whose_certificate(SSLContext identity, SSLContext tls)
      throws IOException {
    try (WireServer server = answering(identity)) {
      assertUnreachable(submit(server, PATIENT, tls, HttpClient::newBuilder));
      assertThat(server.posts()).isZero();
    }
  }

  static Stream<Arguments> nothing_is_sent_if_the_handshake() {
    return Stream.of(
        handshake("is cut before it starts", _ -> {}),
        handshake("is reset before it starts", WireServer.Connection::reset),
        handshake("is cut after its first byte", WireServer.Connection::readByte),
        handshake(
            "is reset after its first byte",
            connection -> {
              connection.readByte();
              connection.reset();
            }),
        handshake(
            "is answered in plain text",
            connection -> {
              connection.readByte();
              connection.write(answer(400, "{\"error\":\"a\",\"message\":\"b\"}"));
              connection.hang();
            }),
        handshake(
            "is answered by an alert",
            connection -> {
              connection.readByte();
              connection.write(new byte[] {0x15, 3, 3, 0, 2, 2, 0x28});
              connection.hang();
            }),
        handshake(
            "is answered by half a record",
            connection -> {
              connection.readByte();
              connection.write(new byte[] {0x16, 3, 3, 0, 100, 2});
            }));
  }

  private static Arguments handshake(String what, WireServer.Script script) {
    return Arguments.argumentSet(what, script);
  }

  @ParameterizedTest
  @MethodSource
  void nothing_is_sent_if_the_handshake(WireServer.Script script) throws IOException {
    try (WireServer server = WireServer.brokenHttps(script)) {
      assertUnreachable(submit(server));
    }
  }

  @Test
  void nothing_is_sent_if_the_handshake_outlasts_the_connect_timeout() throws IOException {
    GatewayPixal3d.Timeouts soonNotConnected =
        new GatewayPixal3d.Timeouts(
            Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20));
    try (WireServer server = WireServer.brokenHttps(WireServer.Connection::hang)) {
      assertUnreachable(submit(server, soonNotConnected, trust, HttpClient::newBuilder));
    }
  }

  @Test
  void nothing_is_sent_if_the_handshake_outlasts_the_deadline() throws IOException {
    GatewayPixal3d.Timeouts soonOver =
        new GatewayPixal3d.Timeouts(
            Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofSeconds(20));
    try (WireServer server = WireServer.brokenHttps(WireServer.Connection::hang)) {
      assertUnreachable(submit(server, soonOver, trust, HttpClient::newBuilder));
    }
  }

  @Test
  void nothing_is_sent_if_a_proxy_refuses_the_tunnel() throws IOException {
    try (WireServer server = answering(trusted);
        WireServer proxy = WireServer.answering(answer(400, "{\"error\":\"no way\"}"))) {
      assertUnreachable(
          submit(
              server,
              PATIENT,
              trust,
              () ->
                  HttpClient.newBuilder()
                      .proxy(
                          ProxySelector.of(
                              new InetSocketAddress(
                                  InetAddress.getLoopbackAddress(), proxy.url().getPort())))));
      assertThat(server.connections()).isZero();
    }
  }

  static Stream<Arguments> it_is_unknown_if_the_connection() {
    return Stream.of(
        handshake("is closed after the request", WireServer.Connection::readRequest),
        handshake(
            "is reset after the request",
            connection -> {
              connection.readRequest();
              connection.reset();
            }),
        handshake(
            "is closed within the answer",
            connection -> {
              connection.readRequest();
              connection.write(ACCEPTED.substring(0, ACCEPTED.length() - 1));
            }));
  }

  @ParameterizedTest
  @MethodSource
  void it_is_unknown_if_the_connection(WireServer.Script script) throws IOException {
    try (WireServer server = WireServer.https(trusted, script)) {
      assertThat(submit(server)).isInstanceOf(Unknown.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
