package dev.pixal3d.jobs.core;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * AWS clients, one of a kind; they find region, endpoint and credentials by the SDK's default
 * chains. A snapshot may hold them; their connections it may not hold.
 *
 * <p>Each sandbox that a snapshot becomes has its own copy of what they hold, as it was then. In
 * version 2.54 of the SDK that is, besides settings:
 *
 * <ul>
 *   <li>Credentials with their expiry; once it has passed they are asked for again.
 *   <li>What is left in the bucket of retry tokens. It is full but for what failed before the
 *       snapshot, and each call that succeeds fills it again.
 *   <li>How far the clock is from AWS's, if AWS has said so. If it is wrong after a restore, AWS
 *       refuses the signature, tells its time with that, and the SDK signs again.
 *   <li>TLS sessions that a new connection may resume. It gets keys of its own, for which both
 *       sides give new random bytes.
 *   <li>Randomness that is not secret: of the jitter before a retry ({@code ThreadLocalRandom}, of
 *       which the JVM keeps the seeds) and before credentials are renewed (a {@code Random}). Two
 *       sandboxes may therefore wait for equally long. What it is there for holds all the same,
 *       since they are not restored, and do not fail, at one time. Ids of calls ({@code
 *       amz-sdk-invocation-id}) come of a {@code Random} that each call makes, by the time; they
 *       are for logs only.
 * </ul>
 */
public final class AwsClients {
  /** Within a region both take milliseconds; and the SDK tries again. */
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(6);

  private final Supplier<SdkHttpClient> http;
  private final Map<Class<?>, Object> made = new ConcurrentHashMap<>();
  private volatile boolean closingConnections;
  private final @Nullable AwsClients inEarnest;

  private AwsClients(
      Supplier<SdkHttpClient> http, boolean closingConnections, @Nullable AwsClients inEarnest) {
    this.http = http;
    this.closingConnections = closingConnections;
    this.inEarnest = inEarnest;
  }

  private static SdkHttpClient network() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(LONGEST_CONNECT)
        .socketTimeout(LONGEST_SILENCE)
        .build();
  }

  /** Their connections are kept for as long as they can be used. */
  public static AwsClients keepingConnections() {
    return new AwsClients(AwsClients::network, false, null);
  }

  /**
   * Their connections are closed after each call, so that none is open when a snapshot is taken.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html">
   *     SnapStart, "Networking best practices"</a>
   */
  public static AwsClients closingConnections() {
    return new AwsClients(AwsClients::network, true, null);
  }

  /**
   * Others, that reach nothing: tables, queues and secrets stand on paper, empty at first. With
   * each that is made, the one of its kind here is made too: what is used in a rehearsal will be
   * used in earnest.
   */
  public AwsClients onPaper() {
    var paper = new PaperAws();
    return new AwsClients(() -> paper, false, this);
  }

  /** From now on connections are kept: the snapshot has been taken. */
  public void keepConnections() {
    closingConnections = false;
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C get(
      Class<C> kind, Supplier<B> builder) {
    if (inEarnest != null) {
      var _ = inEarnest.get(kind, builder);
    }
    return kind.cast(made.computeIfAbsent(kind, _ -> make(builder.get())));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(B builder) {
    return builder
        .httpClient(http.get())
        .overrideConfiguration(override -> override.addExecutionInterceptor(new ConnectionCloser()))
        .build();
  }

  private final class ConnectionCloser implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      SdkHttpRequest request = context.httpRequest();
      return closingConnections
          ? request.toBuilder().putHeader("Connection", "close").build()
          : request;
    }
  }
}
