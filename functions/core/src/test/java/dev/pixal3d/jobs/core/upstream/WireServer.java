package dev.pixal3d.jobs.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on loopback that does, byte for byte, what a script tells it to do with each connection,
 * and counts what it gets. When the script ends the connection is closed.
 */
public final class WireServer implements AutoCloseable {

  /** What to do with one connection. */
  public interface Script {
    void play(Connection connection) throws IOException, InterruptedException;
  }

  /** A request as it came over the wire. */
  public record Request(String head, String body) {
    public String line() {
      return head.lines().findFirst().orElse("");
    }

    public List<String> headers() {
      return head.lines().skip(1).toList();
    }
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private WireServer(ServerSocketFactory sockets, String scheme, Script script) throws IOException {
    this.listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.scheme = scheme;
    this.script = script;
    Thread.ofVirtual().start(this::acceptAll);
  }

  public static WireServer http(Script script) throws IOException {
    return new WireServer(ServerSocketFactory.getDefault(), "http", script);
  }

  /** Speaks TLS, the handshake being made when the script first reads or writes. */
  public static WireServer https(SSLContext identity, Script script) throws IOException {
    return new WireServer(identity.getServerSocketFactory(), "https", script);
  }

  /** Has an https address, but the script gets the bare TCP connection. */
  public static WireServer brokenHttps(Script script) throws IOException {
    return new WireServer(ServerSocketFactory.getDefault(), "https", script);
  }

  /** Reads each request and gives this answer. */
  public static WireServer answering(String answer) throws IOException {
    return http(connection -> {
      connection.readRequest();
      connection.write(answer);
    });
  }

  /** An answer of this status with a JSON body. */
  public static String answer(int status, String body, String... headers) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Because\r\n");
    for (String header : headers) {
      answer.append(header).append("\r\n");
    }
    return answer
        .append("Content-Type: application/json\r\nContent-Length: ")
        .append(body.getBytes(StandardCharsets.UTF_8).length)
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  /** The start of an answer in chunks, all but the last one, which is {@code "0\r\n\r\n"}. */
  public static String chunks(int status, String... chunks) {
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 " + status + " Because\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (String chunk : chunks) {
      answer
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    return answer.toString();
  }

  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  public int connections() {
    return connections.get();
  }

  /** The requests whose head was read. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public long posts() {
    return requests.stream().filter(request -> request.line().startsWith("POST ")).count();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
  }

  private void acceptAll() {
    while (closing.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (closing.getCount() > 0) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.play(new Connection(socket));
    } catch (IOException e) {
      // The client went away: that is what many a test makes it do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One client's connection. */
  public final class Connection {
    private final Socket socket;

    private Connection(Socket socket) {
      this.socket = socket;
    }

    /** Reads the request line and the headers, and not a byte more. */
    public Request readHead() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) readByte());
      }
      Request request = new Request(head.toString(), "");
      requests.add(request);
      return request;
    }

    /** Reads the whole request. */
    public Request readRequest() throws IOException {
      Request head = readHead();
      int length =
          head.headers().stream()
              .filter(header -> header.startsWith("Content-Length: "))
              .mapToInt(header -> Integer.parseInt(header.substring("Content-Length: ".length())))
              .findFirst()
              .orElse(0);
      byte[] body = socket.getInputStream().readNBytes(length);
      Request whole = new Request(head.head(), new String(body, StandardCharsets.UTF_8));
      requests.set(requests.indexOf(head), whole);
      return whole;
    }

    public int readByte() throws IOException {
      InputStream in = socket.getInputStream();
      int next = in.read();
      if (next < 0) {
        throw new IOException("The client closed the connection");
      }
      return next;
    }

    public void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Writes the text again and again, a bit at a time, until the server or the client closes. */
    public void trickle(String text) throws IOException, InterruptedException {
      while (!closing.await(20, TimeUnit.MILLISECONDS)) {
        write(text);
      }
    }

    /** The names that the client asked for in its TLS handshake (SNI, RFC 6066, section 3). */
    public List<String> serverNames() {
      ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
      return session.getRequestedServerNames().stream()
          .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
          .toList();
    }

    /** Does nothing until the server closes. */
    public void hang() throws InterruptedException {
      closing.await();
    }

    /** Closes the connection with a reset instead of an orderly end. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
