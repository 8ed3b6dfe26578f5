package dev.pixal3d.jobs.core;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Makes AWS clients; they find region, endpoint and credentials by the SDK's default chains. */
public enum AwsClients {
  /** Their connections are kept for as long as they can be used. */
  KEEPING_CONNECTIONS,
  /**
   * Their connections are closed after each call, so that none is open when a snapshot is taken.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html">
   *     SnapStart, "Networking best practices"</a>
   */
  CLOSING_CONNECTIONS;

  /** Within a region both take milliseconds; and the SDK tries again. */
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(6);

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(B builder) {
    builder.httpClientBuilder(
        UrlConnectionHttpClient.builder()
            .connectionTimeout(LONGEST_CONNECT)
            .socketTimeout(LONGEST_SILENCE));
    if (this == CLOSING_CONNECTIONS) {
      builder.overrideConfiguration(override -> override.putHeader("Connection", "close"));
    }
    return builder.build();
  }
}
