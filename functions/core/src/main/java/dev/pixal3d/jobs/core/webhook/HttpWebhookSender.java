package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.upstream.RetryAfter;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Sends webhooks over HTTP/1.1, to addresses that strangers chose.
 *
 * <p>Only https on the ports 443 and 8443, and only to public addresses: a name is looked up once,
 * each address that it leads to is checked, and the connection goes to one that was checked, while
 * the server's name in TLS, its certificate and the header {@code Host} stay on the name. No
 * redirect is followed, no proxy used, nothing sent twice. 5 s are given to each connection, 15 s
 * to all of it, the look-up of the name included, on the clock on the wall. Of the answer's body at
 * most 64 KiB are read and none kept; what is longer is cut off, and its status counts. A head
 * beyond the HTTP client's bounds (100 headers, 8 KiB a line) is no answer.
 *
 * <p>Thread-safe; each attempt has a thread and a connection of its own, and nothing stays open
 * between attempts, so that a snapshot of it can be restored. It logs nothing.
 */
public final class HttpWebhookSender implements WebhookSender {
  private final boolean allowLoopback;
  private final InstantSource clock;
  private final Network network;
  private final Timeouts timeouts;

  /**
   * @param allowLoopback whether {@code http://localhost} and {@code http://127.0.0.1} may be
   *     called too, on any port; only where the whole system runs on one machine
   * @param clock dates the attempts
   */
  public HttpWebhookSender(boolean allowLoopback, InstantSource clock) {
    this(allowLoopback, clock, Network.REAL, Timeouts.DEFAULT);
  }

  HttpWebhookSender(
      boolean allowLoopback, InstantSource clock, Network network, Timeouts timeouts) {
    this.allowLoopback = allowLoopback;
    this.clock = clock;
    this.network = network;
    this.timeouts = timeouts;
  }

  @Override
  public Receipt send(Message message) {
    Instant at = clock.instant();
    long began = System.nanoTime();
    String timestamp = Long.toString(at.getEpochSecond());
    String signature =
        WebhookSignature.sign(
            message.secrets(), message.webhookId(), at.getEpochSecond(), message.body());
    HttpPost post = new HttpPost("/");
    post.setHeader("webhook-id", message.webhookId());
    post.setHeader("webhook-timestamp", timestamp);
    post.setHeader("webhook-signature", signature);
    post.setHeader(HttpHeaders.CONNECTION, "close");
    post.setEntity(new ByteArrayEntity(message.body(), ContentType.create("application/json")));
    Attempt.Outcome outcome =
        new Attempt(message.url(), allowLoopback, post, network, timeouts).make();
    Duration duration = Duration.ofNanos(System.nanoTime() - began);
    return switch (outcome) {
      case Attempt.NoAnswer(String why) ->
          new Receipt(at, duration, null, why, null, timestamp, signature);
      case Attempt.Answer(int status, var _) when status / 100 == 2 ->
          new Receipt(at, duration, status, null, null, timestamp, signature);
      case Attempt.Answer(int status, var retryAfter) ->
          new Receipt(
              at,
              duration,
              status,
              "answered " + status + (status / 100 == 3 ? "; redirects are not followed" : ""),
              RetryAfter.read(retryAfter, clock.instant()),
              timestamp,
              signature);
    };
  }

  /** What a sender asks of the machine that it runs on. */
  record Network(Names names, SSLContext tls, Supplier<Socket> sockets) {
    /** The system's names and authorities; no proxy, whatever the JVM's properties name. */
    static final Network REAL =
        new Network(InetAddress::getAllByName, defaultTls(), () -> new Socket(Proxy.NO_PROXY));

    private static SSLContext defaultTls() {
      try {
        return SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("This JVM cannot set up TLS; check its trust store", e);
      }
    }
  }

  /** Looks up a name; also asked for addresses in letters. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * @param connect for each connection, and again for its TLS handshake
   * @param whole for all of an attempt
   */
  record Timeouts(Duration connect, Duration whole) {
    static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }
}
