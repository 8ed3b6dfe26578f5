package dev.pixal3d.jobs.core.store;

import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table and the queues of template.yaml, brought up once for all tests of this JVM. */
public final class SharedAws {
  private static final EmbeddedAws AWS =
      EmbeddedAws.start(Template.load(Path.of("../../template.yaml")), null);

  private SharedAws() {}

  public static EmbeddedAws aws() {
    return AWS;
  }

  /** A client on whose requests something is done on the way. */
  static DynamoDbClient dynamoDb(ExecutionInterceptor interceptor) {
    URI endpoint = AWS.dynamoDbEndpoint();
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(AWS.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(override -> override.executionInterceptors(List.of(interceptor)))
        .build();
  }

  static Map<String, AttributeValue> item(String key) {
    return AWS.dynamoDb()
        .getItem(get ->
            get.tableName(AWS.tableName())
                .key(Map.of("request_id", AttributeValue.fromS(key)))
                .consistentRead(true))
        .item();
  }
}
