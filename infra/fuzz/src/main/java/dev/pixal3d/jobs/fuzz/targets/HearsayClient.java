package dev.pixal3d.jobs.fuzz.targets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An HTTP client that reaches nobody: it takes the request and hands back what it was given. */
final class HearsayClient extends HttpClient {
  private final Heard heard;
  private final List<Sent> sent = new ArrayList<>();

  HearsayClient(Heard heard) {
    this.heard = heard;
  }

  /**
   * What comes back.
   *
   * @param cut where it ends too early
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Heard(int status, Map<String, List<String>> headers, byte[] body, Cut cut) {}

  /** Where an answer ends. */
  enum Cut {
    NOT,
    BEFORE_CONNECT,
    BEFORE_HEAD,
    IN_BODY
  }

  /** A request that left. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sent(HttpRequest request, byte[] body) {}

  /** The requests that left. */
  List<Sent> sent() {
    return sent;
  }

  /** Settings that make nothing but this client. */
  HttpClient.Builder builder() {
    return new Builder();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    if (heard.cut() == Cut.BEFORE_CONNECT) {
      return CompletableFuture.failedFuture(new ConnectException("Connection refused"));
    }
    Collector collector = new Collector();
    request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(collector));
    sent.add(new Sent(request, collector.bytes()));
    if (heard.cut() == Cut.BEFORE_HEAD) {
      return CompletableFuture.failedFuture(new HttpTimeoutException("request timed out"));
    }
    Head head = new Head(heard.status(), HttpHeaders.of(heard.headers(), (_, _) -> true));
    HttpResponse.BodySubscriber<T> subscriber = handler.apply(head);
    CompletableFuture<HttpResponse<T>> answer =
        subscriber
            .getBody()
            .toCompletableFuture()
            .thenApply(body -> new Response<>(request, head, body));
    subscriber.onSubscribe(new Ignoring());
    int half = heard.body().length / 2;
    subscriber.onNext(List.of(ByteBuffer.wrap(heard.body(), 0, half)));
    if (heard.cut() == Cut.IN_BODY) {
      subscriber.onError(new IOException("Connection reset"));
    } else {
      subscriber.onNext(List.of(ByteBuffer.wrap(heard.body(), half, heard.body().length - half)));
      subscriber.onComplete();
    }
    return answer;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return sendAsync(request, handler).join();
  }

  @Override
  public void shutdownNow() {}

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.empty();
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NEVER;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SSLParameters sslParameters() {
    return new SSLParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }

  private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Response<T>(HttpRequest request, Head head, T body) implements HttpResponse<T> {
    @Override
    public int statusCode() {
      return head.statusCode();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return head.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private static final class Ignoring implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
      return bytes.toByteArray();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      byte[] copy = new byte[piece.remaining()];
      piece.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException("The request's body could not be read", failure);
    }

    @Override
    public void onComplete() {}
  }

  /** Takes any setting and makes the client. */
  private final class Builder implements HttpClient.Builder {
    @Override
    public HttpClient.Builder cookieHandler(CookieHandler cookieHandler) {
      return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration duration) {
      return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext sslContext) {
      return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters sslParameters) {
      return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
      return this;
    }

    @Override
    public HttpClient.Builder followRedirects(Redirect policy) {
      return this;
    }

    @Override
    public HttpClient.Builder version(Version version) {
      return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
      return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector proxySelector) {
      return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
      return this;
    }

    @Override
    public HttpClient build() {
      return HearsayClient.this;
    }
  }
}
