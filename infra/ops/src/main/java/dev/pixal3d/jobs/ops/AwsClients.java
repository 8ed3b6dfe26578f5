package dev.pixal3d.jobs.ops;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Makes clients of the SDK: region and credentials as everywhere with AWS, unless named. */
final class AwsClients {
  private final Endpoints endpoints;
  private final Region region;
  private final AwsCredentialsProvider credentials;

  private AwsClients(Endpoints endpoints, Region region, AwsCredentialsProvider credentials) {
    this.endpoints = endpoints;
    this.region = region;
    this.credentials = credentials;
  }

  static AwsClients of(
      Endpoints endpoints,
      @Nullable String region,
      @Nullable String profile,
      Map<String, String> environment) {
    boolean dummies =
        endpoints.areLocal()
            && profile == null
            && !environment.containsKey("AWS_ACCESS_KEY_ID")
            && !environment.containsKey("AWS_PROFILE");
    return new AwsClients(
        endpoints,
        region(endpoints, region, profile, environment),
        dummies
            ? StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))
            : DefaultCredentialsProvider.builder().profileName(profile).build());
  }

  private static Region region(
      Endpoints endpoints,
      @Nullable String region,
      @Nullable String profile,
      Map<String, String> environment) {
    if (region != null) {
      return Region.of(region);
    }
    if (endpoints.areLocal()) { // There is no instance to ask for its region.
      return Region.of(environment.getOrDefault("AWS_REGION", Region.US_EAST_1.id()));
    }
    try {
      var chain = DefaultAwsRegionProviderChain.builder();
      if (profile != null) {
        chain.profileName(profile);
      }
      return chain.build().getRegion();
    } catch (SdkException e) {
      if (endpoints.areElsewhere()) {
        return Region.US_EAST_1;
      }
      throw OpsException.didNotWork(
          "No AWS region is known. Name one with --region, or set AWS_REGION.", e);
    }
  }

  Region region() {
    return region;
  }

  /** A client of a service, by its name in endpoint variables. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      String service, B builder) {
    endpoints.of(service).ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
