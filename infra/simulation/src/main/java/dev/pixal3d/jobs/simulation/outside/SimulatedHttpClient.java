package dev.pixal3d.jobs.simulation.outside;

import dev.pixal3d.jobs.simulation.aws.Sandbox;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The way from a sandbox to Pixal3D, with what can go wrong on it. */
final class SimulatedHttpClient extends HttpClient {
  /** About as many bytes as the head of an answer has. */
  private static final int HEAD_BYTES = 200;

  private final World world;
  private final Sandbox sandbox;
  private final SimulatedPixal3d pixal3d;

  private SimulatedHttpClient(World world, Sandbox sandbox, SimulatedPixal3d pixal3d) {
    this.world = world;
    this.sandbox = sandbox;
    this.pixal3d = pixal3d;
  }

  static HttpClient.Builder builder(World world, Sandbox sandbox, SimulatedPixal3d pixal3d) {
    return new Settings(new SimulatedHttpClient(world, sandbox, pixal3d));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return sandbox.effect(
        () -> request.method() + " " + request.uri().getPath(), () -> exchange(request, handler));
  }

  private <T> CompletableFuture<HttpResponse<T>> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    Faults faults = world.faults();
    if (faults.strikes(Fault.CONNECTION_REFUSED)) {
      return CompletableFuture.failedFuture(new ConnectException("Connection refused"));
    }
    String body = request.bodyPublisher().map(SimulatedHttpClient::read).orElse("");
    if (faults.strikes(Fault.CALL_LOST)) {
      return new Silence<>();
    }
    SimulatedPixal3d.Answer answer = pixal3d.answer(request, body);
    if (faults.strikes(Fault.UNANSWERED)) {
      return new Silence<>();
    }
    if (faults.strikes(Fault.SLOW_ANSWER)) {
      world.agenda().pause(faults.lasts(Fault.SLOW_ANSWER, 8_000));
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (faults.strikes(Fault.ANSWER_CUT)) {
      int cut = faults.of(Fault.ANSWER_CUT).nextInt(HEAD_BYTES + bytes.length);
      return cut < HEAD_BYTES
          ? CompletableFuture.failedFuture(new IOException("EOF in the head"))
          : received(answer, handler, bytes, cut - HEAD_BYTES);
    }
    return received(answer, handler, bytes, bytes.length);
  }

  private static String read(HttpRequest.BodyPublisher body) {
    var bytes = new ByteArrayOutputStream();
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(ByteBuffer part) {
            var copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
          }

          @Override
          public void onError(Throwable e) {
            throw new IllegalStateException(e);
          }

          @Override
          public void onComplete() {}
        });
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static <T> CompletableFuture<HttpResponse<T>> received(
      SimulatedPixal3d.Answer answer,
      HttpResponse.BodyHandler<T> handler,
      byte[] bytes,
      int length) {
    var head = new Head(answer.status(), headers(answer));
    HttpResponse.BodySubscriber<T> subscriber = handler.apply(head);
    subscriber.onSubscribe(new Unbounded());
    subscriber.onNext(List.of(ByteBuffer.wrap(bytes, 0, length)));
    if (length < bytes.length) {
      subscriber.onError(new IOException("Connection reset"));
    } else {
      subscriber.onComplete();
    }
    return subscriber
        .getBody()
        .toCompletableFuture()
        .thenApply(body -> new Response<>(head.statusCode(), head.headers(), body));
  }

  private static HttpHeaders headers(SimulatedPixal3d.Answer answer) {
    return HttpHeaders.of(
        answer.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
        (_, _) -> true);
  }

  /** No answer: whoever waits for one waits for as long as it wants. */
  private final class Silence<T> extends CompletableFuture<T> {
    @Override
    public T get(long timeout, TimeUnit unit) throws TimeoutException {
      sandbox.effect(() -> "waits in vain", () -> true);
      world.agenda().pause(unit.toMillis(timeout));
      throw new TimeoutException();
    }
  }

  private static final class Unbounded implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  /** What is asked of an answer once it is whole. */
  private record Response<T>(int statusCode, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public HttpRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<javax.net.ssl.SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public java.net.URI uri() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> push) {
    throw new UnsupportedOperationException();
  }

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

  @Override
  public void close() {}

  @Override
  public void shutdownNow() {}

  /** Settings make no difference. */
  private record Settings(HttpClient client) implements HttpClient.Builder {
    @Override
    public HttpClient.Builder cookieHandler(CookieHandler handler) {
      return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
      return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
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
    public HttpClient.Builder proxy(ProxySelector selector) {
      return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
      return this;
    }

    @Override
    public HttpClient build() {
      return client;
    }
  }
}
