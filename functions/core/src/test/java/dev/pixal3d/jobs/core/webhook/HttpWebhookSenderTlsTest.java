package dev.pixal3d.jobs.core.webhook;

import static dev.pixal3d.jobs.core.upstream.WireServer.answer;
import static dev.pixal3d.jobs.core.webhook.RecordingNetwork.at;
import static dev.pixal3d.jobs.core.webhook.RecordingNetwork.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.upstream.Certificates;
import dev.pixal3d.jobs.core.upstream.WireServer;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Timeouts;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Webhooks over https, with the production rules for names, ports and addresses. The public
 * addresses here stand for a server on loopback: the socket writes down which address it was told
 * to connect to, and connects to that server.
 */
@Timeout(30)
class HttpWebhookSenderTlsTest {
  private static final String HOST = "hooks.example";
  private static final String PUBLIC = "93.184.215.14";
  private static final String OTHER_PUBLIC = "2606:2800:21f:cb07:6820:80da:af6b:8b2c";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SSLContext ofTheHost;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext ofTheAddress;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext ofAnotherName;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext expired;

  @SuppressWarnings("NullAway.Init")
  private static SSLContext trust;

  private final RecordingNetwork network = new RecordingNetwork();

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    ofTheHost = certificates.identity("host", "dns:" + HOST);
    ofTheAddress = certificates.identity("address", "ip:" + PUBLIC);
    ofAnotherName = certificates.identity("another", "dns:another.example,ip:127.0.0.1");
    expired =
        certificates.identity("expired", "dns:" + HOST, "-startdate", "-9d", "-validity", "8");
    trust = certificates.trust();
  }

  private Receipt send(String url) {
    return send(url, trust, Timeouts.DEFAULT);
  }

  private Receipt send(String url, SSLContext tls, Timeouts timeouts) {
    return new HttpWebhookSender(false, InstantSource.system(), network.with(tls), timeouts)
        .send(Messages.to(url));
  }

  /** Answers 204; the list gets the server names that clients ask for. */
  private static WireServer answering(SSLContext identity, List<String> serverNames)
      throws IOException {
    return WireServer.https(
        identity,
        connection -> {
          connection.readRequest();
          serverNames.addAll(connection.serverNames());
          connection.write("HTTP/1.1 204 No Content\r\n\r\n");
        });
  }

  private static WireServer answering(SSLContext identity) throws IOException {
    return answering(identity, new CopyOnWriteArrayList<>());
  }

  /** A port that is taken while nobody listens. */
  private static URI whereNobodyListens(Socket bound) throws IOException {
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return URI.create("https://127.0.0.1:" + bound.getLocalPort());
  }

  @Test
  void the_connection_goes_to_the_address_that_was_checked_and_all_else_stays_on_the_name()
      throws IOException {
    List<String> serverNames = new CopyOnWriteArrayList<>();
    try (WireServer server = answering(ofTheHost, serverNames)) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt = send("https://" + HOST + "/hook");

      assertThat(receipt.error()).isNull();
      assertThat(receipt.httpStatus()).isEqualTo(204);
      assertThat(network.lookups()).containsExactly(HOST);
      assertThat(network.connects()).containsExactly(endpoint(PUBLIC, 443));
      assertThat(serverNames).containsExactly(HOST);
      assertThat(server.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.headers()).contains("Host: " + HOST);
            assertThat(request.body()).isEqualTo(Messages.BODY);
          });
    }
  }

  @Test
  void port_8443_is_allowed_too() throws IOException {
    try (WireServer server = answering(ofTheHost)) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 8443), server.url());

      assertThat(send("HTTPS://" + HOST + ":8443/hook").delivered()).isTrue();
      assertThat(server.requests())
          .singleElement()
          .satisfies(request -> assertThat(request.headers()).contains("Host: " + HOST + ":8443"));
    }
  }

  @Test
  void a_public_address_in_numbers_needs_a_certificate_of_its_own() throws IOException {
    try (WireServer good = answering(ofTheAddress);
        WireServer bad = answering(ofTheHost)) {
      network.divert(endpoint(PUBLIC, 443), good.url());
      assertThat(send("https://" + PUBLIC + "/hook").delivered()).isTrue();

      network.divert(endpoint(PUBLIC, 443), bad.url());
      assertThat(send("https://" + PUBLIC + "/hook").error()).startsWith("TLS: ");
      assertThat(bad.posts()).isZero();
    }
  }

  @Test
  void an_ipv6_address_in_numbers_is_connected_to() throws IOException {
    try (WireServer server = answering(ofTheHost)) {
      network.divert(endpoint(OTHER_PUBLIC, 443), server.url());

      assertThat(send("https://[" + OTHER_PUBLIC + "]/hook").error()).startsWith("TLS: ");
      assertThat(network.connects()).containsExactly(endpoint(OTHER_PUBLIC, 443));
    }
  }

  @Test
  void a_name_whose_answer_changes_is_looked_up_once() throws IOException {
    try (WireServer server = answering(ofTheHost);
        WireServer local = answering(ofTheHost)) {
      network
          .name(HOST, at(PUBLIC), at("127.0.0.1"))
          .divert(endpoint(PUBLIC, 443), server.url())
          .divert(endpoint("127.0.0.1", 443), local.url());

      assertThat(send("https://" + HOST + "/hook").delivered()).isTrue();
      assertThat(network.lookups()).containsExactly(HOST);
      assertThat(network.connects()).containsExactly(endpoint(PUBLIC, 443));

      // The next attempt looks again, and is told.
      assertThat(send("https://" + HOST + "/hook").error())
          .isEqualTo(
              "refused: hooks.example leads to 127.0.0.1, which is not a public address"
                  + " (loopback, RFC 1122)");
      assertThat(network.connects()).hasSize(1);
      assertThat(local.connections()).isZero();
    }
  }

  @Test
  void a_name_is_not_looked_up_again_when_its_address_does_not_answer() throws IOException {
    try (WireServer local = answering(ofTheHost);
        Socket bound = new Socket()) {
      network
          .name(HOST, at(PUBLIC), at("127.0.0.1"))
          .divert(endpoint(PUBLIC, 443), whereNobodyListens(bound))
          .divert(endpoint("127.0.0.1", 443), local.url());

      assertThat(send("https://" + HOST + "/hook").error())
          .isEqualTo(
              "no connection: Connect to https://hooks.example:443 failed: Connection refused");
      assertThat(network.lookups()).containsExactly(HOST);
      assertThat(network.connects()).containsExactly(endpoint(PUBLIC, 443));
      assertThat(local.connections()).isZero();
    }
  }

  @Test
  void a_name_with_several_public_addresses_is_reached_at_the_one_that_answers()
      throws IOException {
    try (WireServer server = answering(ofTheHost);
        Socket bound = new Socket()) {
      network
          .name(HOST, at(OTHER_PUBLIC, PUBLIC))
          .divert(endpoint(OTHER_PUBLIC, 443), whereNobodyListens(bound))
          .divert(endpoint(PUBLIC, 443), server.url());

      assertThat(send("https://" + HOST + "/hook").delivered()).isTrue();
      assertThat(network.connects())
          .containsExactly(endpoint(OTHER_PUBLIC, 443), endpoint(PUBLIC, 443));
      assertThat(server.posts()).isEqualTo(1);
    }
  }

  static Stream<Arguments> nothing_is_sent_to_a_server_whose_certificate()
      throws NoSuchAlgorithmException {
    return Stream.of(
        Arguments.argumentSet(
            "comes from an authority that is not trusted", ofTheHost, SSLContext.getDefault()),
        Arguments.argumentSet("is out of date", expired, trust),
        Arguments.argumentSet("is another's", ofAnotherName, trust));
  }

  @ParameterizedTest
  @MethodSource
  void nothing_is_sent_to_a_server_whose_certificate(SSLContext identity, SSLContext tls)
      throws IOException {
    try (WireServer server = answering(identity)) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt = send("https://" + HOST + "/hook", tls, Timeouts.DEFAULT);

      assertThat(receipt.httpStatus()).isNull();
      assertThat(receipt.error()).startsWith("TLS: ").matches("[ -~]+");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.posts()).isZero();
    }
  }

  @Test
  void a_handshake_that_hangs_ends_at_the_connect_timeout() throws IOException {
    try (WireServer server = WireServer.brokenHttps(WireServer.Connection::hang)) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt =
          send(
              "https://" + HOST + "/",
              trust,
              new Timeouts(Duration.ofMillis(200), Duration.ofSeconds(20)));

      assertThat(receipt.error()).isEqualTo("no connection within 200 ms");
    }
  }

  @Test
  void a_handshake_that_drips_ends_at_the_deadline() throws IOException {
    try (WireServer server =
        WireServer.brokenHttps(connection -> {
          connection.write(new byte[] {0x16, 3, 3, 0x3f, (byte) 0xff});
          connection.trickle("x");
        })) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt =
          send(
              "https://" + HOST + "/",
              trust,
              new Timeouts(Duration.ofSeconds(20), Duration.ofMillis(400)));

      assertThat(receipt.error()).isEqualTo("no answer within 400 ms");
      assertThat(receipt.duration()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_receiver_that_answers_and_then_holds_the_connection_does_not_hold_the_sender()
      throws IOException {
    try (WireServer server =
        WireServer.https(
            ofTheHost,
            connection -> {
              connection.readRequest();
              connection.write(answer(200, "{}"));
              connection.hang();
            })) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt = send("https://" + HOST + "/");

      assertThat(receipt.delivered()).isTrue();
      assertThat(receipt.duration()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void an_answer_in_plain_text_is_none() throws IOException {
    try (WireServer server =
        WireServer.brokenHttps(connection -> {
          connection.readByte();
          connection.write(answer(200, "{}"));
          connection.hang();
        })) {
      network.name(HOST, at(PUBLIC)).divert(endpoint(PUBLIC, 443), server.url());

      Receipt receipt = send("https://" + HOST + "/");

      assertThat(receipt.httpStatus()).isNull();
      assertThat(receipt.error()).startsWith("TLS: ");
    }
  }
}
