package dev.pixal3d.jobs.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Between a function and a server: notes what goes over which connection. Once it is cut, the
 * connections made before are as those of a restored image: nothing comes over them any more, and
 * nobody says so.
 */
final class Wire implements AutoCloseable {
  private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");

  private final ServerSocket listener;
  private final URI target;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  private Wire(ServerSocket listener, URI target) {
    this.listener = listener;
    this.target = target;
  }

  static Wire to(URI target) {
    try {
      Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), target);
      Thread.ofVirtual().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Connection connection =
            new Connection(
                listener.accept(),
                new Socket(InetAddress.ofLiteral(target.getHost()), target.getPort()));
        connections.add(connection);
        Thread.ofVirtual().start(connection::carryThere);
        Thread.ofVirtual().start(connection::carryBack);
      }
    } catch (IOException e) {
      return; // It is closed.
    }
  }

  /** From now on the connections that there are are dead. */
  void cut() {
    connections.forEach(connection -> connection.cut = true);
  }

  /** What was sent over those nevertheless. */
  long bytesIntoTheVoid() {
    return connections.stream().mapToLong(connection -> connection.lostBytes.get()).sum();
  }

  /** What the requests over connections that live were signed with (Signature Version 4). */
  List<String> accessKeys() {
    return connections.stream()
        .filter(connection -> !connection.cut)
        .flatMap(connection -> ACCESS_KEY.matcher(connection.sent()).results())
        .map(found -> found.group(1))
        .toList();
  }

  private static final class Connection {
    private final Socket client;
    private final Socket server;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private final AtomicLong lostBytes = new AtomicLong();

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    String sent() {
      return String.join("", sent);
    }

    void carryThere() {
      try (client;
          server) {
        InputStream from = client.getInputStream();
        OutputStream to = server.getOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
          if (cut) {
            lostBytes.addAndGet(read);
          } else {
            sent.add(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            to.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        return; // One of the ends hung up.
      }
    }

    void carryBack() {
      try (client;
          server) {
        server.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException e) {
        return; // One of the ends hung up.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Connection connection : connections) {
        connection.client.close();
        connection.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
