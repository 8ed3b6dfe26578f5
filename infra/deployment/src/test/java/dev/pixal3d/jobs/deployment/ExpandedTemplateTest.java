package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** template.yaml as CloudFormation makes resources of it. */
class ExpandedTemplateTest {
  private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/1";

  private static ExpandedTemplate byDefault() {
    return ExpandedTemplate.byDefault();
  }

  private static ExpandedTemplate withEverythingOn() {
    return ExpandedTemplate.withEverythingOn();
  }

  private static Set<String> functions() {
    return byDefault().functions();
  }

  private static Set<String> queues() {
    return byDefault().ofType("AWS::SQS::Queue").keySet();
  }

  // Functions and what calls them

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionPublishesVersionsFromSnapshots(String function) {
    assertThat(byDefault().properties(function).at("/SnapStart/ApplyOn").asText())
        .isEqualTo("PublishedVersions");
    assertThat(byDefault().ofType("AWS::Lambda::Version").values())
        .anyMatch(version -> ExpandedTemplate.refersTo(version, function));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itsAliasMovesToANewVersionStepByStepAndBackIfAFunctionFails(String function) {
    String group =
        byDefault()
            .resources()
            .at(
                "/%s/UpdatePolicy/CodeDeployLambdaAliasUpdate/DeploymentGroupName/Ref"
                    .formatted(ExpandedTemplate.alias(function)))
            .asText();
    JsonNode properties = byDefault().properties(group);

    assertThat(properties.at("/DeploymentConfigName").toString())
        .contains("CodeDeployDefault.Lambda", "Canary10Percent5Minutes");
    assertThat(properties.at("/AlarmConfiguration/Alarms/0/Name/Ref").asText())
        .isEqualTo("FunctionErrors");
    assertThat(properties.at("/AutoRollbackConfiguration/Events").toString())
        .contains("DEPLOYMENT_STOP_ON_ALARM");
    assertThat(properties.at("/ServiceRoleArn/Fn::GetAtt/0").asText()).isEqualTo("DeploymentRole");
  }

  @Test
  void everyRouteCallsAnAliasThatLetsIt() {
    List<String> called =
        byDefault()
            .properties("Api")
            .at("/Body/paths")
            .valueStream()
            .flatMap(JsonNode::valueStream)
            .map(operation -> operation.at("/x-amazon-apigateway-integration/uri/Fn::Sub").asText())
            .map(uri -> uri.replaceAll(".*/functions/\\$\\{(\\w+)}/invocations", "$1"))
            .toList();

    assertThat(called).isNotEmpty().allSatisfy(alias -> assertThat(aliases()).contains(alias));
    assertThat(byDefault().ofType("AWS::Lambda::Permission").values())
        .hasSameSizeAs(called)
        .extracting(permission -> permission.at("/FunctionName/Ref").asText())
        .containsExactlyInAnyOrderElementsOf(called);
  }

  /** The path of a callback holds its token. */
  @Test
  void theAccessLogTellsTheRouteAndNeverThePath() {
    assertThat(stage().at("/AccessLogSettings/Format").asText())
        .contains("$context.routeKey")
        .doesNotContainIgnoringCase("path");
  }

  @Test
  void theApiIsThrottled() {
    JsonNode limits = stage().path("DefaultRouteSettings");

    assertThat(limits.path("ThrottlingRateLimit").asInt()).isEqualTo(100);
    assertThat(limits.path("ThrottlingBurstLimit").asInt()).isEqualTo(200);
  }

  /** Each waits for a stranger's server for up to 15 s and keeps a function busy so long. */
  @Test
  void triesOfWebhooksAreThrottledSoThatTheyLeaveConcurrencyForAllElse() {
    JsonNode limits = stage().path("RouteSettings").path("POST /v2/webhooks/test");

    assertThat(limits.path("ThrottlingRateLimit").asInt()).isBetween(1, 5);
    assertThat(limits.path("ThrottlingBurstLimit").asInt()).isBetween(1, 5);
    assertThat(byDefault().properties("Api").at("/Body/paths/~1v2~1webhooks~1test/post").isObject())
        .as("There is such a route")
        .isTrue();
  }

  private static JsonNode stage() {
    return byDefault().properties("ApiApiGatewayDefaultStage");
  }

  @Test
  void everyQueueCallsAnAlias() {
    assertThat(byDefault().ofType("AWS::Lambda::EventSourceMapping").values())
        .isNotEmpty()
        .extracting(mapping -> mapping.at("/FunctionName/Ref").asText())
        .allSatisfy(alias -> assertThat(aliases()).contains(alias));
  }

  private static Set<String> aliases() {
    return byDefault().ofType("AWS::Lambda::Alias").keySet();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionThatSendsMessagesToItselfIsNotTakenForALoop(String function) {
    Set<String> callers = logicalIds(byDefault().queuesThatCall(function).stream());
    Set<String> sentTo =
        logicalIds(
            byDefault().permissionsOf(function).stream()
                .filter(permission -> permission.action().equals("sqs:SendMessage"))
                .map(ExpandedTemplate.Permission::resource));
    boolean sendsToItself = sentTo.stream().anyMatch(callers::contains);

    assertThat(byDefault().properties(function).path("RecursiveLoop").asText())
        .isEqualTo(sendsToItself ? "Allow" : "");
  }

  private static Set<String> logicalIds(Stream<JsonNode> arns) {
    return arns.map(Permissions::logicalId).collect(toSet());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionIsToldWhereItsSecretsAreAndNotWhatTheyAre(String function) {
    JsonNode variables = byDefault().properties(function).at("/Environment/Variables");

    assertThat(variables.path("PIXAL3D_API_KEY").asText()).isEqualTo(ExpandedTemplate.API_KEY);
    assertThat(variables.path("CALLBACK_SECRET").path("Ref").asText()).isEqualTo("CallbackSecret");
    assertThat(Repository.read("template.yaml"))
        .as("The parameter takes nothing but an ARN")
        .containsPattern(
            "Pixal3dApiKey:\\s+Type: String\\s+Description: .+\\s+AllowedPattern: \\^arn:");
  }

  @Test
  void tracingIsOffUnlessItIsAskedFor() {
    assertThat(functions())
        .allSatisfy(function -> {
          assertThat(byDefault().properties(function).at("/TracingConfig/Mode").asText())
              .isEqualTo("PassThrough");
          assertThat(withEverythingOn().properties(function).at("/TracingConfig/Mode").asText())
              .isEqualTo("Active");
        });
  }

  // Queues

  @ParameterizedTest
  @MethodSource("queues")
  void aQueueHasAQueueForItsDeadLettersOrIsOne(String queue) {
    JsonNode redrive = byDefault().properties(queue).path("RedrivePolicy");

    if (deadLetterQueues().contains(queue)) {
      assertThat(redrive.isMissingNode()).isTrue();
      assertThat(byDefault().properties(queue).path("MessageRetentionPeriod").asInt())
          .as("14 days, the longest")
          .isEqualTo(1_209_600);
    } else {
      assertThat(queues()).contains(Permissions.logicalId(redrive.path("deadLetterTargetArn")));
      assertThat(redrive.path("maxReceiveCount").asInt()).isBetween(3, 10);
    }
  }

  @Test
  void noTwoQueuesShareTheirDeadLetters() {
    assertThat(deadLetterQueues()).hasSize(queues().size() / 2);
  }

  /** Logical ids of the queues for dead letters. */
  static Set<String> deadLetterQueues() {
    return byDefault().ofType("AWS::SQS::Queue").values().stream()
        .filter(queue -> queue.has("RedrivePolicy"))
        .map(queue -> Permissions.logicalId(queue.at("/RedrivePolicy/deadLetterTargetArn")))
        .collect(toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("queues")
  void aQueueRefusesWhatIsNotEncryptedOnItsWay(String queue) {
    assertThat(byDefault().ofType("AWS::SQS::QueuePolicy").values())
        .filteredOn(policy -> ExpandedTemplate.refersTo(policy.path("Queues"), queue))
        .flatExtracting(policy -> policy.at("/PolicyDocument/Statement").valueStream().toList())
        .anySatisfy(statement -> {
          assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
          assertThat(statement.path("Principal").asText()).isEqualTo("*");
          assertThat(statement.path("Action").asText()).isEqualTo("sqs:*");
          assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText())
              .isEqualTo("false");
        });
  }

  // Encryption at rest

  @Test
  void everythingIsEncryptedByKeysOfAwsIfNoKeyIsGiven() {
    assertThat(byDefault().ofType("AWS::SQS::Queue").values())
        .allMatch(queue -> queue.path("SqsManagedSseEnabled").asBoolean())
        .noneMatch(queue -> queue.has("KmsMasterKeyId"));
    JsonNode table = byDefault().properties("JobsTable").path("SSESpecification");
    assertThat(table.path("SSEEnabled").asBoolean()).isTrue();
    assertThat(table.has("KMSMasterKeyId")).isFalse();
  }

  @Test
  void everythingIsEncryptedByTheKeyThatIsGiven() {
    Map<String, String> places =
        Map.of(
            "AWS::SQS::Queue", "/KmsMasterKeyId",
            "AWS::DynamoDB::Table", "/SSESpecification/KMSMasterKeyId",
            "AWS::SecretsManager::Secret", "/KmsKeyId",
            "AWS::Logs::LogGroup", "/KmsKeyId",
            "AWS::Lambda::Function", "/KmsKeyArn");

    assertThat(places)
        .allSatisfy((type, place) ->
            assertThat(withEverythingOn().ofType(type).values())
                .isNotEmpty()
                .extracting(resource -> resource.at(place).asText())
                .containsOnly(KEY));
    assertThat(withEverythingOn().ofType("AWS::SQS::Queue").values())
        .as("SQS takes one way of encryption at a time")
        .noneMatch(queue -> queue.has("SqsManagedSseEnabled"));
  }

  // What is kept

  @Test
  void theTableOutlivesItsStackOnceThatStandsAndCanBeRestoredToAnySecond() {
    JsonNode table = byDefault().resources().path("JobsTable");

    assertThat(table.path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
    assertThat(table.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    assertThat(
            table
                .at("/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aTableThatIsGivenTakesThePlaceOfTheStacksOwnWhichStays() {
    assertThat(functions())
        .allSatisfy(function -> {
          assertThat(tableName(byDefault(), function).path("Ref").asText()).isEqualTo("JobsTable");
          assertThat(tableName(withEverythingOn(), function).asText()).isEqualTo("restored");
        });
    assertThat(withEverythingOn().ofType("AWS::DynamoDB::Table")).containsOnlyKeys("JobsTable");
  }

  private static JsonNode tableName(ExpandedTemplate template, String function) {
    return template.properties(function).at("/Environment/Variables/TABLE_NAME");
  }

  @Test
  void everyFunctionAndTheApiWriteToALogThatIsKeptForATime() {
    Set<String> logs =
        functions().stream()
            .map(function ->
                byDefault().properties(function).at("/LoggingConfig/LogGroup/Ref").asText())
            .collect(toSet());
    logs.add("ApiLogs");

    Map<String, JsonNode> groups = byDefault().ofType("AWS::Logs::LogGroup");
    assertThat(groups.keySet()).isEqualTo(logs).hasSize(functions().size() + 1);
    assertThat(groups.values()).allMatch(group -> group.path("RetentionInDays").asInt() == 30);
  }

  // What teams have

  @Test
  void aPermissionsBoundaryBoundsEveryRole() {
    assertThat(byDefault().ofType("AWS::IAM::Role").values())
        .hasSize(functions().size() + 2)
        .noneMatch(role -> role.has("PermissionsBoundary"));
    assertThat(withEverythingOn().ofType("AWS::IAM::Role").values())
        .hasSize(functions().size() + 2)
        .allMatch(role ->
            role.path("PermissionsBoundary")
                .asText()
                .equals("arn:aws:iam::123456789012:policy/boundary"));
  }

  @Test
  void noBrowserMayCallTheApiUnlessItsPageIsNamed() {
    String cors = "x-amazon-apigateway-cors";
    assertThat(byDefault().properties("Api").path("Body").has(cors)).isFalse();

    JsonNode allowed = withEverythingOn().properties("Api").path("Body").path(cors);
    assertThat(allowed.path("allowOrigins").toString()).contains("https://app.example.com");
    assertThat(allowed.path("allowHeaders"))
        .extracting(JsonNode::asText)
        .contains("Ocp-Apim-Subscription-Key", "Idempotency-Key", "X-Webhook-URL");
    assertThat(allowed.path("exposeHeaders"))
        .extracting(JsonNode::asText)
        .contains("X-Request-Id", "Retry-After", "ETag", "Idempotency-Replayed");
    assertThat(allowed.has("allowCredentials")).isFalse();
  }

  @Test
  void theApiHasAHostNameOfItsOwnIfOneIsGiven() {
    assertThat(byDefault().ofType("AWS::ApiGatewayV2::DomainName")).isEmpty();
    assertThat(withEverythingOn().ofType("AWS::ApiGatewayV2::DomainName").values())
        .singleElement()
        .satisfies(domain -> {
          assertThat(domain.path("DomainName").asText()).isEqualTo("jobs.example.com");
          assertThat(domain.at("/DomainNameConfigurations/0/SecurityPolicy").asText())
              .isEqualTo("TLS_1_2");
        });
    assertThat(withEverythingOn().ofType("AWS::ApiGatewayV2::ApiMapping").values())
        .singleElement()
        .satisfies(mapping ->
            assertThat(
                    withEverythingOn()
                        .resources()
                        .path(mapping.at("/Stage/Ref").asText())
                        .path("Type")
                        .asText())
                .isEqualTo("AWS::ApiGatewayV2::Stage"));
  }

  @Test
  void theOutputsTellWhereTheApiIsAndWhatToDoNext() {
    assertThat(output(byDefault(), "ApiUrl")).contains("https://${Api}.execute-api.");
    assertThat(output(withEverythingOn(), "ApiUrl")).contains("https://jobs.example.com");
    assertThat(output(byDefault(), "FirstKey"))
        .contains("infra/ops/pixal3d-ops keys create", "--stack ${AWS::StackName}");
    assertThat(output(byDefault(), "NextCommand"))
        .contains("curl -X POST", "/pixal3d/v1/pixal3d-request", "Ocp-Apim-Subscription-Key");
    assertThat(output(byDefault(), "DashboardUrl")).contains("Monitoring");
    assertThat(output(byDefault(), "AlarmsNotify")).contains("nobody");
    assertThat(output(withEverythingOn(), "AlarmsNotify")).contains(":alarms");
  }

  @Test
  void theOutputsNameTheTableAndEveryQueue() {
    assertThat(output(byDefault(), "TableName")).contains("JobsTable");
    assertThat(output(withEverythingOn(), "TableName")).contains("restored");
    assertThat(queues())
        .allSatisfy(queue ->
            assertThat(byDefault().outputs().path(queue + "Url").at("/Value/Ref").asText())
                .isEqualTo(queue));
  }

  private static String output(ExpandedTemplate template, String name) {
    return template.outputs().path(name).path("Value").toString();
  }

  @Test
  void samconfigTellsHowToDeployDevAndProd() {
    SamConfig config = SamConfig.parse(Repository.read("samconfig.toml"));

    assertThat(List.of("dev", "prod"))
        .allSatisfy(environment -> {
          assertThat(config.setting(environment, "stack_name")).isNotEmpty();
          assertThat(config.setting(environment, "template_file")).isEqualTo("template.yaml");
          assertThat(config.setting(environment, "tags")).isNotEmpty();
          assertThat(config.setting(environment, "capabilities"))
              .contains("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND");
        });
  }

  @Test
  void theTemplateTakesTheValuesInSamconfigThoseThatGuidedHasWrittenToo() {
    SamConfig config = SamConfig.parse(Repository.read("samconfig.toml"));

    assertThat(config.environments().keySet())
        .isNotEmpty()
        .allSatisfy(environment ->
            assertThat(ExpandedTemplate.of(config.parameterOverrides(environment)).functions())
                .isEqualTo(functions()));
  }

  @Test
  void whatGuidedWritesIntoSamconfigIsReadAsSamReadsIt() {
    String guided =
        """
        version = 0.1 # asked for once

        [dev.deploy.parameters]
        stack_name = "pixal3d-jobs-dev"
        parameter_overrides = "Pixal3dApiKey=\\"arn:aws:secretsmanager:us-east-1:123456789012:secret:pixal3d-AbCdEf\\" \
        ExistingTableName=\\"\\" CorsOrigins=\\"https://a.example.com,https://b.example.com\\" LogLevel=DEBUG"

        [list.deploy.parameters]
        parameter_overrides = ["LogLevel=DEBUG", 'PublicUrl=""']

        [none.deploy.parameters]
        region = "eu-central-1"
        """;
    SamConfig config = SamConfig.parse(guided);

    assertThat(config.parameterOverrides("dev"))
        .containsExactly(
            "Pixal3dApiKey=arn:aws:secretsmanager:us-east-1:123456789012:secret:pixal3d-AbCdEf",
            "ExistingTableName=",
            "CorsOrigins=https://a.example.com,https://b.example.com",
            "LogLevel=DEBUG");
    assertThat(ExpandedTemplate.of(config.parameterOverrides("dev")).functions())
        .isEqualTo(functions());
    assertThat(config.parameterOverrides("list")).containsExactly("LogLevel=DEBUG", "PublicUrl=");
    assertThat(config.parameterOverrides("none")).isEmpty();
  }
}
