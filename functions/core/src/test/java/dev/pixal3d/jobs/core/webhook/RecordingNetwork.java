package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Writes down which names are looked up and which addresses are connected to. Knows names of its
 * own, and stands in for the internet: a connection to one of its addresses can end at a server of
 * the test. Every other connection is made as asked for.
 */
final class RecordingNetwork {
  private final Map<String, List<InetAddress[]>> names = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, InetSocketAddress> diversions = new ConcurrentHashMap<>();
  private final List<String> lookups = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> connects = new CopyOnWriteArrayList<>();

  /** Each look-up of the name gets the next of these answers; the last one stays. */
  RecordingNetwork name(String name, InetAddress[]... answers) {
    names.put(name, List.of(answers));
    return this;
  }

  static InetAddress[] at(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  static InetSocketAddress endpoint(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  RecordingNetwork divert(InetSocketAddress from, URI to) {
    diversions.put(from, new InetSocketAddress(to.getHost(), to.getPort()));
    return this;
  }

  List<String> lookups() {
    return lookups;
  }

  List<InetSocketAddress> connects() {
    return connects;
  }

  /** Where no connection is to come as far as TLS. */
  Network real() {
    return with(Network.REAL.tls());
  }

  Network with(SSLContext tls) {
    return new Network(this::resolve, tls, RecordedSocket::new);
  }

  private synchronized InetAddress[] resolve(String host) throws UnknownHostException {
    lookups.add(host);
    List<InetAddress[]> answers = names.get(host);
    if (answers != null) {
      int times = (int) lookups.stream().filter(host::equals).count();
      return answers.get(Math.min(times, answers.size()) - 1);
    }
    if (host.endsWith(".example")) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getAllByName(host);
  }

  private final class RecordedSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      InetSocketAddress asked = (InetSocketAddress) endpoint;
      connects.add(asked);
      super.connect(diversions.getOrDefault(asked, asked), timeout);
    }
  }
}
