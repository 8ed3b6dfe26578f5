package dev.pixal3d.jobs.core.upstream;

import dev.pixal3d.jobs.core.upstream.StatusOutcome.Answered;
import dev.pixal3d.jobs.core.upstream.StatusOutcome.NoAnswer;
import dev.pixal3d.jobs.core.upstream.StatusOutcome.NotKnown;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Reason;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.TryLater;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome.Unknown;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pixal3D through its gateway, as the page "Pixal3D API" tells: a submit is a POST to {@code
 * /pixal3d/v1/pixal3d-request}, a status a GET of {@code /v2/requests/status/{request_id}}.
 *
 * <p>Each call has a connection of its own, follows no redirect and is bounded in time and in what
 * it reads. Thread-safe; holds no connection and no thread between calls, so a snapshot of it can
 * be restored.
 */
public final class GatewayPixal3d implements Pixal3d {
  private static final Logger log = LoggerFactory.getLogger(GatewayPixal3d.class);

  private static final String SUBMIT_PATH = "/pixal3d/v1/pixal3d-request";
  private static final String STATUS_PATH = "/v2/requests/status/";
  private static final long SUBMIT_ANSWER_BYTES = 64 * 1024;
  private static final long STATUS_ANSWER_BYTES = 1024 * 1024;
  private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7E]+");

  private final String baseUrl;
  private final Supplier<String> apiKey;
  private final Timeouts timeouts;
  private final InstantSource clock;
  private final SSLContext tls;
  private final Supplier<HttpClient.Builder> clients;

  /**
   * @param baseUrl the gateway's, without {@code /pixal3d/v1}; http or https, with or without a
   *     path and a slash at its end
   * @param apiKey read anew for each call, so that a rotated key is picked up; if it throws,
   *     nothing is sent and the outcome says so, without its words
   * @param timeouts how long each call may take
   * @param clock what a date in {@code Retry-After} is counted from
   * @throws IllegalArgumentException if the base URL is none
   */
  public GatewayPixal3d(
      URI baseUrl, Supplier<String> apiKey, Timeouts timeouts, InstantSource clock) {
    this(baseUrl, apiKey, timeouts, clock, HttpClient::newBuilder);
  }

  /**
   * Pixal3D over HTTP clients of another make.
   *
   * @param clients gives the settings of one for each call
   */
  public GatewayPixal3d(
      URI baseUrl,
      Supplier<String> apiKey,
      Timeouts timeouts,
      InstantSource clock,
      Supplier<HttpClient.Builder> clients) {
    this(baseUrl, apiKey, timeouts, clock, defaultTls(), clients);
  }

  /** For a server with a certificate of its own, or behind a proxy. */
  GatewayPixal3d(
      URI baseUrl,
      Supplier<String> apiKey,
      Timeouts timeouts,
      InstantSource clock,
      SSLContext tls,
      Supplier<HttpClient.Builder> clients) {
    this.baseUrl = checked(baseUrl).toString().replaceFirst("/+$", "");
    this.apiKey = apiKey;
    this.timeouts = timeouts;
    this.clock = clock;
    this.tls = tls;
    this.clients = clients;
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    String key;
    try {
      key = usableKey();
    } catch (RuntimeException e) {
      return new TryLater(Reason.UNAUTHORIZED, withoutKey(e), null);
    }
    SendOnceBody body = new SendOnceBody(submission.requestJson());
    HttpRequest request =
        request(SUBMIT_PATH, key)
            .header("Content-Type", "application/json")
            .header("Cache-Control", "no-cache")
            .header("X-Webhook-URL", submission.callbackUrl().toASCIIString())
            .header("X-Webhook-Mode", submission.mode().headerValue())
            .POST(body)
            .build();
    HandshakeWitness handshake = new HandshakeWitness(tls);
    Ending ending =
        Exchange.make(client(handshake.context()), request, SUBMIT_ANSWER_BYTES, timeouts.submit());
    boolean neverLeft = body.seal();
    Redaction redaction = Redaction.of(key, submission.callbackUrl());
    if (neverLeft || (isTls() && !handshake.sawOne())) {
      return new TryLater(Reason.UNREACHABLE, nothingSent(ending, redaction), null);
    }
    return switch (ending) {
      case Ending.Answered answer -> new SubmitAnswer(answer, redaction, clock.instant()).outcome();
      case Ending.Silent silent ->
          new Unknown(
              "The request was sent to %s, but no answer came (%s); whether it was accepted and charged is not known"
                  .formatted(baseUrl, silent.describe(redaction)));
    };
  }

  @Override
  public StatusOutcome status(String upstreamId) {
    String key;
    try {
      key = usableKey();
    } catch (RuntimeException e) {
      return new NoAnswer(withoutKey(e));
    }
    String path =
        STATUS_PATH + URLEncoder.encode(upstreamId, StandardCharsets.UTF_8).replace("+", "%20");
    HttpRequest request = request(path, key).GET().build();
    Redaction redaction = Redaction.of(key);
    return switch (Exchange.make(client(tls), request, STATUS_ANSWER_BYTES, timeouts.status())) {
      case Ending.Silent silent ->
          new NoAnswer("%s did not answer (%s)".formatted(baseUrl, silent.describe(redaction)));
      case Ending.Answered answer when answer.status() == 404 -> new NotKnown();
      case Ending.Answered answer when answer.status() != 200 ->
          new NoAnswer(answer.describe(redaction));
      case Ending.Answered answer ->
          switch (ReportReader.read(answer.body(), redaction)) {
            case ReportReader.Unreadable(String why) ->
                new NoAnswer("Pixal3D's answer cannot be read: " + redaction.hideIn(why));
            case ReportReader.Understood(var report) when !report.upstreamId().equals(upstreamId) ->
                new NoAnswer(
                    "Pixal3D's answer is about another job: "
                        + redaction.hideIn(report.upstreamId()));
            case ReportReader.Understood(var report) -> new Answered(report);
          };
    };
  }

  private HttpClient.Builder client(SSLContext context) {
    return clients
        .get()
        .sslContext(context)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeouts.connect());
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .header("Ocp-Apim-Subscription-Key", key);
  }

  private String usableKey() {
    String key = readKey();
    if (!HEADER_SAFE.matcher(key).matches()) {
      throw new IllegalStateException(
          "it is empty or holds characters other than visible ASCII; check PIXAL3D_API_KEY");
    }
    return key;
  }

  /**
   * Why it cannot be read is for the log alone: it names accounts and roles, and timelines do not.
   */
  private String readKey() {
    try {
      return apiKey.get();
    } catch (RuntimeException e) {
      log.error("The API key for Pixal3D cannot be read", e);
      throw new IllegalStateException("it cannot be read; the function's log tells why", e);
    }
  }

  private static String withoutKey(RuntimeException why) {
    String words = Objects.requireNonNullElse(why.getMessage(), why.toString());
    return Words.clean("Nothing was sent, for there is no Pixal3D API key to send: " + words, 500);
  }

  private String nothingSent(Ending ending, Redaction redaction) {
    return "Nothing was sent to %s: %s"
        .formatted(
            baseUrl,
            switch (ending) {
              case Ending.Silent silent -> silent.describe(redaction);
              case Ending.Answered answer -> "a proxy on the way answered " + answer.status();
            });
  }

  private boolean isTls() {
    return baseUrl.startsWith("https:");
  }

  private static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM cannot set up TLS; check its trust store", e);
    }
  }

  private static URI checked(URI baseUrl) {
    boolean hasUser = baseUrl.getRawAuthority() != null && baseUrl.getRawAuthority().contains("@");
    if (hasUser || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "A base URL for Pixal3D has no user, query or fragment (not shown: they may be secret)");
    }
    boolean isHttp = "https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme());
    if (!isHttp || baseUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "A base URL for Pixal3D is http or https and has a host: " + baseUrl);
    }
    if (baseUrl.getPath().contains("/pixal3d/v1")) {
      throw new IllegalArgumentException(
          "A base URL for Pixal3D ends before /pixal3d/v1: " + baseUrl);
    }
    return baseUrl;
  }

  /**
   * How long a call may take. Each but the first covers the whole exchange, from the look-up of the
   * name to the last byte of the answer.
   *
   * @param connect until the connection stands, TLS included
   * @param submit for a submit
   * @param status for a status
   */
  public record Timeouts(Duration connect, Duration submit, Duration status) {
    /** 5 s, 25 s, 10 s. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(25), Duration.ofSeconds(10));

    /**
     * @throws IllegalArgumentException if one is not more than zero
     */
    public Timeouts {
      if (!connect.isPositive() || !submit.isPositive() || !status.isPositive()) {
        throw new IllegalArgumentException(
            "Timeouts must be more than zero: %s, %s, %s".formatted(connect, submit, status));
      }
    }
  }
}
