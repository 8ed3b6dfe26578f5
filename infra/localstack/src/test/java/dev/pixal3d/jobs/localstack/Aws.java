package dev.pixal3d.jobs.localstack;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS API of an emulator: one endpoint for all services, any credentials. */
record Aws(
    DynamoDbClient dynamoDb, SqsClient sqs, LambdaClient lambda, SecretsManagerClient secrets)
    implements AutoCloseable {
  /** A function's first event waits for its container, and perhaps for the pull of an image. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  static Aws at(URI endpoint) {
    return new Aws(
        client(DynamoDbClient.builder(), endpoint),
        client(SqsClient.builder(), endpoint),
        client(LambdaClient.builder(), endpoint),
        client(SecretsManagerClient.builder(), endpoint));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(LONGEST_SILENCE))
        // An invocation that is sent again would be another one.
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
    lambda.close();
    secrets.close();
  }
}
