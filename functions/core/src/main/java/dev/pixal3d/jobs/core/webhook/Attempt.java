package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.webhook.Destination.RefusedException;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Network;
import dev.pixal3d.jobs.core.webhook.HttpWebhookSender.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One POST. It runs on a thread of its own, which is left behind when time is up: cut off from its
 * sockets, and unable to open others.
 */
final class Attempt {
  private static final int MOST_BODY_BYTES = 64 * 1024;
  private static final int LONGEST_ERROR = 300;

  private final URI url;
  private final boolean allowLoopback;
  private final HttpPost post;
  private final Network network;
  private final Timeouts timeouts;

  private final List<Socket> sockets = new ArrayList<>();
  private boolean over;
  private @Nullable Answer answer;

  Attempt(URI url, boolean allowLoopback, HttpPost post, Network network, Timeouts timeouts) {
    this.url = url;
    this.allowLoopback = allowLoopback;
    this.post = post;
    this.network = network;
    this.timeouts = timeouts;
  }

  /** What came of it. */
  sealed interface Outcome {}

  /** The head of an answer. */
  record Answer(int status, @Nullable String retryAfter) implements Outcome {}

  /** None came, and why, as a sentence. */
  record NoAnswer(String why) implements Outcome {}

  /** Makes the attempt; returns in time. */
  Outcome make() {
    Callable<@Nullable Void> exchange =
        () -> {
          exchange();
          return null;
        };
    FutureTask<@Nullable Void> task = new FutureTask<>(exchange);
    Thread.ofPlatform().daemon().name("webhook").start(task);
    String why;
    try {
      task.get(timeouts.whole().toNanos(), TimeUnit.NANOSECONDS);
      why = "no answer";
    } catch (TimeoutException _) {
      why = "no answer within " + inWords(timeouts.whole());
    } catch (ExecutionException e) {
      why = explain(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      why = "the sender was stopped before an answer came";
    } finally {
      cut();
    }
    return answerOr(why);
  }

  private void exchange() throws IOException, RefusedException {
    Destination destination = Destination.of(url, allowLoopback);
    List<InetAddress> addresses = List.of(network.names().resolve(destination.host()));
    destination.check(addresses);
    post.setPath(destination.pathAndQuery());
    CloseableHttpClient client = client(addresses);
    try {
      ClassicHttpResponse response =
          client.executeOpen(
              new HttpHost(destination.scheme(), destination.host(), destination.port()),
              post,
              null);
      Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
      keep(new Answer(response.getCode(), retryAfter == null ? null : retryAfter.getValue()));
      readAndForget(response.getEntity());
    } finally {
      // Closing an answer would mean to read it to its end first.
      cut();
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private CloseableHttpClient client(List<InetAddress> addresses) {
    TlsSocketStrategy tls = new DefaultClientTlsStrategy(network.tls());
    var connections =
        new BasicHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                _ -> newSocket(),
                null,
                new Checked(addresses),
                scheme -> scheme.equals("https") ? tls : null),
            ManagedHttpClientConnectionFactory.INSTANCE);
    connections.setConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(timeouts.connect()))
            .setSocketTimeout(Timeout.of(timeouts.whole()))
            .build());
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("pixal3d-jobs")
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableConnectionState()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .build();
  }

  /** All that the client can learn of names: the addresses that were checked. */
  private record Checked(List<InetAddress> addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  private static void readAndForget(@Nullable HttpEntity body) throws IOException {
    if (body == null) {
      return;
    }
    InputStream in = body.getContent();
    byte[] buffer = new byte[8 * 1024];
    for (int left = MOST_BODY_BYTES; left > 0; ) {
      int read = in.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private synchronized Socket newSocket() throws IOException {
    if (over) {
      throw new SocketException("The attempt is over");
    }
    Socket socket = network.sockets().get();
    sockets.add(socket);
    return socket;
  }

  private synchronized void keep(Answer head) {
    answer = head;
  }

  private synchronized Outcome answerOr(String why) {
    return answer == null ? new NoAnswer(why) : answer;
  }

  /** Ends what the thread waits for. What it would still do comes to nothing. */
  private synchronized void cut() {
    over = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is of no more use anyway.
      }
    }
  }

  private String explain(@Nullable Throwable why) {
    return switch (why) {
      case RefusedException e -> "refused: " + shortened(e);
      case UnknownHostException _ -> "the host's name leads to no address";
      case ConnectTimeoutException _ -> "no connection within " + inWords(timeouts.connect());
      case SocketTimeoutException _ -> "no answer within " + inWords(timeouts.whole());
      case ConnectException e -> "no connection: " + shortened(e);
      case NoRouteToHostException e -> "no connection: " + shortened(e);
      case SSLException e -> "TLS: " + shortened(e);
      case NoHttpResponseException _ -> "the connection was closed without an answer";
      case SocketException e -> "the connection broke before an answer came: " + shortened(e);
      case IOException _ -> "the answer is not HTTP/1.1, or its head is too long";
      case Error e -> throw e;
      case null, default -> "the attempt failed: " + why;
    };
  }

  /** On one line, in plain ASCII: some of it may be a stranger's words. */
  private static String shortened(Exception why) {
    String line =
        Objects.requireNonNullElse(why.getMessage(), "no reason was given")
            .replaceAll("[^ -~]+", " ");
    return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + "...";
  }

  private static String inWords(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
