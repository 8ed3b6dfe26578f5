package dev.pixal3d.jobs.core.webhook;

import static dev.pixal3d.jobs.core.webhook.RecordingNetwork.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Timeouts;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Addresses that lead where no stranger may send us. Listeners on all addresses of this machine, on
 * the ports concerned as far as they can be bound, and the sockets themselves tell that nothing was
 * connected to.
 */
@Timeout(60)
class HostileAddressesTest {
  private static final List<ServerSocket> LISTENERS = new ArrayList<>();

  @BeforeAll
  static void listen() throws IOException {
    for (int port : List.of(0, 443, 8443, 80)) {
      ServerSocket listener = new ServerSocket();
      try {
        listener.bind(new InetSocketAddress(port));
        LISTENERS.add(listener);
      } catch (BindException e) {
        // Taken, or not for this user.
        listener.close();
      }
    }
    assertThat(LISTENERS).isNotEmpty();
  }

  @AfterAll
  static void close() throws IOException {
    for (ServerSocket listener : LISTENERS) {
      listener.close();
    }
  }

  /** The address, and what the refusal says of it; PORT stands for that of a listener. */
  private static final String HOSTILE =
      """
      https://127.0.0.1/                            | 127.0.0.1 is not a public address (loopback
      https://127.0.0.1:8443/                       | 127.0.0.1 is not a public address (loopback
      https://127.1.2.3:8443/                       | 127.1.2.3 is not a public address (loopback
      https://127.255.255.254:8443/                 | is not a public address (loopback
      https://0.0.0.0:8443/                         | 0.0.0.0 is not a public address (this network
      https://10.0.0.1/                             | 10.0.0.1 is not a public address (private use
      https://172.16.0.1/                           | is not a public address (private use
      https://172.31.255.255/                       | is not a public address (private use
      https://192.168.1.1/                          | is not a public address (private use
      https://169.254.169.254/latest/meta-data/     | is not a public address (link-local
      https://169.254.170.2/v2/credentials          | is not a public address (link-local
      https://100.64.0.1/                           | is not a public address (shared by carrier-grade NAT
      https://100.100.100.200/latest/meta-data/     | is not a public address (shared by carrier-grade NAT
      https://192.0.0.192/                          | is not a public address (protocol assignments
      https://192.0.2.2:8443/                       | is not a public address (documentation
      https://192.88.99.1/                          | is not a public address (6to4 relay
      https://198.18.0.1/                           | is not a public address (benchmarking
      https://198.51.100.1/                         | is not a public address (documentation
      https://203.0.113.1/                          | is not a public address (documentation
      https://224.0.0.1/                            | is not a public address (multicast
      https://240.0.0.1/                            | is not a public address (reserved
      https://255.255.255.255/                      | is not a public address (reserved
      https://[::1]:8443/                           | is not a public address (loopback
      https://[0:0:0:0:0:0:0:1]:8443/               | is not a public address (loopback
      https://[::]:8443/                            | is not a public address (loopback, unspecified
      https://[::127.0.0.1]:8443/                   | is not a public address (loopback, unspecified or embedded IPv4
      https://[::ffff:127.0.0.1]:8443/              | is not an IPv6 address of its own right
      https://[::ffff:7f00:1]:8443/                 | is not an IPv6 address of its own right
      https://[::ffff:8.8.8.8]/                     | is not an IPv6 address of its own right
      https://[::ffff:0:127.0.0.1]:8443/            | is not a public address
      https://[64:ff9b::7f00:1]:8443/               | is not a public address (translated IPv4
      https://[64:ff9b::169.254.169.254]/           | is not a public address (translated IPv4
      https://[64:ff9b:1::a00:1]/                   | is not a public address (translated IPv4
      https://[2002:7f00:1::]/                      | is not a public address (6to4
      https://[2001:0:7f00:1::]/                    | is not a public address (protocol assignments such as Teredo
      https://[2001:db8::1]/                        | is not a public address (documentation
      https://[3fff::1]/                            | is not a public address (documentation
      https://[fc00::1]/                            | is not a public address (private use
      https://[fd00:ec2::254]/latest/meta-data/     | is not a public address (private use
      https://[fe80::1]/                            | is not a public address (link-local
      https://[fe80::1%25lo]/                       | names no host, or not in plain ASCII
      https://[::1%25lo]:8443/                      | names no host, or not in plain ASCII
      https://[ff02::1]/                            | is not a public address (multicast
      https://[5f00::1]/                            | is not a public address (segment routing
      https://2130706433:8443/                      | is not an IPv4 address of four decimal numbers
      https://0x7f000001:8443/                      | is not an IPv4 address of four decimal numbers
      https://0X7F.0.0.1:8443/                      | is not an IPv4 address of four decimal numbers
      https://127.0.0.0x1:8443/                     | is not an IPv4 address of four decimal numbers
      https://017700000001:8443/                    | is not an IPv4 address of four decimal numbers
      https://0177.0.0.1:8443/                      | is not an IPv4 address of four decimal numbers
      https://127.0.0.01:8443/                      | is not an IPv4 address of four decimal numbers
      https://127.000.000.001:8443/                 | is not an IPv4 address of four decimal numbers
      https://127.1:8443/                           | is not an IPv4 address of four decimal numbers
      https://127.0.1:8443/                         | is not an IPv4 address of four decimal numbers
      https://0:8443/                               | is not an IPv4 address of four decimal numbers
      https://256.0.0.1:8443/                       | is not an IPv4 address of four decimal numbers
      https://127.0.0.1.1:8443/                     | is not an IPv4 address of four decimal numbers
      https://127.0.0.1.:8443/                      | the host ends with a full stop
      https://localhost.:8443/                      | the host ends with a full stop
      https://loopback.example.:8443/               | the host ends with a full stop
      https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:8443/ | names no host, or not in plain ASCII
      https://\uff11\uff12\uff17.0.0.1:8443/        | names no host, or not in plain ASCII
      https://\u0661\u0662\u0667.0.0.1:8443/        | names no host, or not in plain ASCII
      https://127\u30020\u30020\u30021:8443/        | names no host, or not in plain ASCII
      https://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:8443/ | names no host, or not in plain ASCII
      https://%31%32%37.0.0.1:8443/                 | names no host, or not in plain ASCII
      https://localhost%00.hooks.example:8443/      | names no host, or not in plain ASCII
      https://localhost:8443/                       | localhost leads to
      https://LOCALHOST:8443/                       | LOCALHOST leads to
      https://loopback.example:8443/                | loopback.example leads to 127.0.0.1, which is not a public address (loopback
      https://loop_back.example:8443/               | loop_back.example leads to 127.0.0.1, which is not a public address (loopback
      https://six.example:8443/                     | six.example leads to 0:0:0:0:0:0:0:1, which is not a public address
      https://mapped.example:8443/                  | which is not a public address (loopback, unspecified or embedded IPv4
      https://nat64.example/                        | which is not a public address (translated IPv4
      https://metadata.example/                     | metadata.example leads to 169.254.169.254, which is not a public address (link-local
      https://mixed.example:8443/                   | mixed.example leads to 127.0.0.1, which is not a public address (loopback
      https://mixed6.example:8443/                  | mixed6.example leads to fd00:
      https://user@127.0.0.1:8443/                  | holds a user name or password
      https://public.example@127.0.0.1:8443/        | holds a user name or password
      https://127.0.0.1:8443@public.example/        | holds a user name or password
      https://user:password@public.example/         | holds a user name or password
      https://@public.example/                      | holds a user name or password
      https://127.0.0.1:PORT/                       | port PORT is not allowed, only 443 and 8443
      https://public.example:22/                    | port 22 is not allowed, only 443 and 8443
      https://public.example:80/                    | port 80 is not allowed, only 443 and 8443
      https://public.example:4430/                  | port 4430 is not allowed, only 443 and 8443
      https://public.example:0/                     | there is no port 0
      https://public.example:65979/                 | there is no port 65979
      https://public.example:4294967739/            | there is no port 4294967739
      http://public.example/                        | https:// addresses only
      http://127.0.0.2:PORT/                        | https:// addresses only
      http://127.1:PORT/                            | https:// addresses only
      http://2130706433:PORT/                       | https:// addresses only
      http://0.0.0.0:PORT/                          | https:// addresses only
      http://[::1]:PORT/                            | https:// addresses only
      http://[::ffff:127.0.0.1]:PORT/               | https:// addresses only
      http://localhost.:PORT/                       | https:// addresses only
      http://127.0.0.1.:PORT/                       | https:// addresses only
      http://localhost.example:PORT/                | https:// addresses only
      http://user@127.0.0.1:PORT/                   | https:// addresses only
      http://user@localhost:PORT/                   | https:// addresses only
      http://127.0.0.1@public.example:PORT/         | https:// addresses only
      ftp://127.0.0.1:PORT/                         | https:// addresses only
      file:///etc/passwd                            | https:// addresses only
      gopher://127.0.0.1:PORT/_                     | https:// addresses only
      jar:https://127.0.0.1:8443/!/                 | https:// addresses only
      //127.0.0.1:8443/                             | https:// addresses only
      /hook                                         | https:// addresses only
      https:127.0.0.1                               | names no host
      https:///127.0.0.1:8443/                      | names no host
      """;

  private static RecordingNetwork network() {
    return new RecordingNetwork()
        .name("public.example", at("93.184.215.14"))
        .name("loopback.example", at("127.0.0.1"))
        .name("loop_back.example", at("127.0.0.1"))
        .name("localhost.example", at("127.0.0.1"))
        .name("six.example", at("::1"))
        .name("mapped.example", mapped())
        .name("nat64.example", at("64:ff9b::7f00:1"))
        .name("metadata.example", at("169.254.169.254"))
        .name("mixed.example", at("93.184.215.14", "127.0.0.1"))
        .name("mixed6.example", at("93.184.215.14", "2606:4700::1111", "fd00::2"));
  }

  /** The system's look-up can answer such a one; {@link InetAddress#ofLiteral} never makes it. */
  private static InetAddress[] mapped() {
    byte[] address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    try {
      return new InetAddress[] {Inet6Address.getByAddress("mapped.example", address, -1)};
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  record Hostile(String url, String refusal) {}

  static Stream<Hostile> hostile() {
    String port = String.valueOf(LISTENERS.getFirst().getLocalPort());
    return HOSTILE
        .lines()
        .map(line -> line.replace("PORT", port).split("\\|", 2))
        .map(parts -> new Hostile(parts[0].strip(), parts[1].strip()));
  }

  static Stream<InetAddress> addressesOfThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> PublicAddresses.specialPurpose(address).isPresent());
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_address_gets_no_connection(Hostile hostile) throws IOException {
    assertRefused(URI.create(hostile.url()), false, network(), hostile.refusal());
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nor_does_it_where_localhost_is_allowed(Hostile hostile) throws IOException {
    assertRefused(URI.create(hostile.url()), true, network(), hostile.refusal());
  }

  @Test
  void localhost_gets_none_unless_it_is_allowed() throws IOException {
    int port = LISTENERS.getFirst().getLocalPort();
    for (String host : List.of("localhost", "LocalHost", "127.0.0.1")) {
      assertRefused(
          URI.create("http://" + host + ":" + port + "/"),
          false,
          network(),
          "webhooks go to https:// addresses only");
    }
  }

  @Test
  void a_localhost_that_leads_elsewhere_gets_none_even_where_it_is_allowed() throws IOException {
    assertRefused(
        URI.create("http://localhost/"),
        true,
        network().name("localhost", at("127.0.0.1", "93.184.215.14")),
        "localhost leads to 93.184.215.14, which is not this machine");
  }

  @ParameterizedTest
  @MethodSource("addressesOfThisMachine")
  void no_address_of_this_machine_gets_one_by_its_numbers_or_by_a_name(InetAddress address)
      throws IOException {
    String numbers = address.getHostAddress().replaceFirst("%.*", "");
    String host = address instanceof Inet6Address ? "[" + numbers + "]" : numbers;
    RecordingNetwork network = network().name("this.example", new InetAddress[] {address});

    assertRefused(URI.create("https://" + host + ":8443/"), false, network, "not a public address");
    assertRefused(URI.create("https://this.example:8443/"), true, network, "not a public address");
  }

  @Test
  void the_witnesses_would_see_a_connection() throws IOException {
    RecordingNetwork network = network();
    ServerSocket listener = LISTENERS.getFirst();
    Thread.ofVirtual()
        .start(() -> {
          try {
            listener.accept().close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });

    Receipt receipt =
        new HttpWebhookSender(true, InstantSource.system(), network.real(), Timeouts.DEFAULT)
            .send(Messages.to("http://localhost:" + listener.getLocalPort() + "/"));

    assertThat(receipt.error()).doesNotStartWith("refused").contains("connection");
    assertThat(network.connects()).hasSize(1);
  }

  private static void assertRefused(
      URI url, boolean allowLoopback, RecordingNetwork network, String refusal) throws IOException {
    Receipt receipt =
        new HttpWebhookSender(
                allowLoopback, InstantSource.system(), network.real(), Timeouts.DEFAULT)
            .send(Messages.to(url));

    assertThat(receipt.delivered()).isFalse();
    assertThat(receipt.httpStatus()).isNull();
    assertThat(receipt.error()).startsWith("refused: ").contains(refusal);
    assertThat(network.connects()).isEmpty();
    for (ServerSocket listener : LISTENERS) {
      assertNobodyWaitsAt(listener);
    }
  }

  /** Connections are accepted in their order: one of ours has to come first. */
  private static void assertNobodyWaitsAt(ServerSocket listener) throws IOException {
    try (Socket marker = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        Socket first = listener.accept()) {
      assertThat(first.getPort()).isEqualTo(marker.getLocalPort());
    }
  }
}
