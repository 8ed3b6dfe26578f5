package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.deployment.ExpandedTemplate.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each function may do what its code does, and nothing else. */
class PermissionsTest {
  /** What has no ARN that could be named. */
  private static final Set<String> ON_EVERYTHING =
      Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

  private static Set<String> functions() {
    return ExpandedTemplate.byDefault().functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionMayDoWhatItsCodeDoesAndNothingElse(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differences(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMaySendToTheQueuesThatItsMessagesGoToAndToNoOther(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfQueues(template, function, template.handlerClass(function)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMayQueryTheIndexesThatItsCodeNamesAndNoOther(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfIndexes(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMayReadTheSecretsThatItsCodeAsksForAndNoOther(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfSecrets(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMayReceiveFromTheQueuesThatCallItAndFromNoOther(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();
    Set<String> callers =
        template.queuesThatCall(function).stream().map(Permissions::logicalId).collect(toSet());

    assertThat(Permissions.TO_BE_CALLED_BY_A_QUEUE)
        .allSatisfy(
            action -> assertThat(resources(template, function, action)).hasSameElementsAs(callers));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMayWriteToItsOwnLogAndToNoOther(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();
    String log =
        template.properties(function).path("LoggingConfig").path("LogGroup").path("Ref").asText();

    assertThat(Permissions.TO_LOG)
        .allSatisfy(
            action -> assertThat(resources(template, function, action)).containsExactly(log));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itMayUseOneTableTheStacksOwnOrTheOneThatIsGiven(String function) {
    assertThat(tables(ExpandedTemplate.byDefault(), function))
        .isNotEmpty()
        .allMatch(table -> table.contains("JobsTable"));
    assertThat(tables(ExpandedTemplate.withEverythingOn(), function))
        .isNotEmpty()
        .allMatch(table -> table.contains(":table/restored"))
        .noneMatch(table -> table.contains("JobsTable"));
  }

  private static List<String> tables(ExpandedTemplate template, String function) {
    return template.permissionsOf(function).stream()
        .filter(permission -> permission.action().startsWith("dynamodb:"))
        .map(permission -> permission.resource().toString())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void withAKeyAndTracingItMayUseThoseTooAndNothingElse(String function) {
    Set<String> all =
        ExpandedTemplate.actions(ExpandedTemplate.withEverythingOn().permissionsOf(function));
    all.removeAll(ExpandedTemplate.actions(ExpandedTemplate.byDefault().permissionsOf(function)));

    assertThat(all)
        .containsExactlyInAnyOrder(
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords");
  }

  /** A function waits for its role, but not for policies that are attached to it later. */
  @ParameterizedTest
  @MethodSource("functions")
  void itMayUseTheKeyFromItsFirstStartOn(String function) {
    ExpandedTemplate template = ExpandedTemplate.withEverythingOn();
    String role = template.properties(function).at("/Role/Fn::GetAtt/0").asText();

    assertThat(template.properties(role).path("Policies").findValuesAsText("Resource"))
        .contains("arn:aws:kms:us-east-1:123456789012:key/1");
  }

  @Test
  void noRoleMayDoEverythingOrAnythingOnEverything() {
    assertThat(everyPermission())
        .isNotEmpty()
        .allSatisfy(permission -> {
          assertThat(permission.action()).doesNotContain("*");
          if (!ON_EVERYTHING.contains(permission.action())) {
            assertThat(permission.resource().asText()).isNotEqualTo("*");
          }
        });
  }

  private static List<Permission> everyPermission() {
    return Stream.of(ExpandedTemplate.byDefault(), ExpandedTemplate.withEverythingOn())
        .flatMap(template ->
            template.ofType("AWS::IAM::Role").keySet().stream()
                .map(template::permissionsOfRole)
                .flatMap(Collection::stream))
        .toList();
  }

  @Test
  void noRoleHasPoliciesOfAwsWhichAllowMore() {
    assertThat(ExpandedTemplate.withEverythingOn().ofType("AWS::IAM::Role").values())
        .isNotEmpty()
        .noneMatch(role -> role.has("ManagedPolicyArns"));
  }

  @Test
  void theScheduleMaySendSweeps() {
    assertThat(ExpandedTemplate.byDefault().permissionsOfRole("SweepScheduleRole"))
        .singleElement()
        .satisfies(permission -> {
          assertThat(permission.action()).isEqualTo("sqs:SendMessage");
          assertThat(Permissions.logicalId(permission.resource())).isEqualTo("SweepQueue");
        });
  }

  @Test
  void aDeploymentMayShiftEveryFunctionAndNothingElse() {
    List<Permission> permissions = ExpandedTemplate.byDefault().permissionsOfRole("DeploymentRole");

    assertThat(functions())
        .allSatisfy(function ->
            assertThat(permissions)
                .filteredOn(permission -> permission.action().equals("lambda:UpdateAlias"))
                .anyMatch(
                    permission -> ExpandedTemplate.refersTo(permission.resource(), function)));
    assertThat(ExpandedTemplate.actions(permissions))
        .containsExactly(
            "cloudwatch:DescribeAlarms",
            "lambda:GetAlias",
            "lambda:GetProvisionedConcurrencyConfig",
            "lambda:UpdateAlias");
  }

  private static ReachableCode code(String function) {
    return ReachableCode.of(ExpandedTemplate.byDefault().handlerClass(function));
  }

  private static Set<String> resources(ExpandedTemplate template, String function, String action) {
    return template.permissionsOf(function).stream()
        .filter(permission -> permission.action().equals(action))
        .map(permission -> Permissions.logicalId(permission.resource()))
        .collect(toCollection(TreeSet::new));
  }

  /** These tests would fail. */
  @Nested
  class AChangeOnOneSide {
    private final ExpandedTemplate changed = ExpandedTemplate.byDefault().copy();

    @Test
    void aPermissionMoreIsNamed() {
      actionsOf("SubmitRole", "sqs:SendMessage").add("sqs:PurgeQueue");

      assertThat(Permissions.differences(changed, "SubmitFunction", code("SubmitFunction")))
          .containsExactly(
              "SubmitFunction may call sqs:PurgeQueue, but nothing that its handler reaches does:"
                  + " take that from its role");
    }

    @Test
    void aPermissionLessIsNamed() {
      actionsOf("NotifyRole", "dynamodb:GetItem").remove(0);

      assertThat(Permissions.differences(changed, "NotifyFunction", code("NotifyFunction")))
          .containsExactly(
              "NotifyFunction may not call dynamodb:GetItem, but what its handler reaches does:"
                  + " add that to its role");
    }

    @Test
    void aHandlerThatDoesMoreIsNamed() {
      assertThat(
              Permissions.differences(
                  changed, "StatusFunction", ReachableCode.of(ForgetfulHandler.class.getName())))
          .contains(
              "StatusFunction may not call dynamodb:DeleteItem, but what its handler reaches does:"
                  + " add that to its role",
              "StatusFunction may call dynamodb:Query, but nothing that its handler reaches does:"
                  + " take that from its role");
    }

    @Test
    void aFunctionOfWhichAnotherOnesCodeIsExpectedIsNamed() {
      assertThat(
              Permissions.differencesOfQueues(
                  changed, "NotifyFunction", changed.handlerClass("SubmitFunction")))
          .containsExactly(
              "NotifyFunction may send to NotifyQueue, but nothing that its handler reaches does:"
                  + " take that from its role",
              "NotifyFunction may not send to DispatchQueue, but what its handler reaches does:"
                  + " add that to its role");
      assertThat(
              Permissions.differencesOfIndexes(changed, "PollerFunction", code("StatusFunction")))
          .containsExactly(
              "PollerFunction may query the index due, but nothing that its handler reaches does:"
                  + " take that from its role",
              "PollerFunction may not query the index by_client, but what its handler reaches does:"
                  + " add that to its role");
      assertThat(
              Permissions.differencesOfSecrets(changed, "WebhookFunction", code("PollerFunction")))
          .containsExactly(
              "WebhookFunction may read the secret of CALLBACK_SECRET, but nothing that its handler"
                  + " reaches does: take that from its role");
    }

    private ArrayNode actionsOf(String role, String withAction) {
      var statement =
          changed
              .properties(role)
              .path("Policies")
              .path(0)
              .path("PolicyDocument")
              .path("Statement")
              .valueStream()
              .filter(each -> each.path("Action").toString().contains(withAction))
              .findFirst()
              .orElseThrow();
      return statement.path("Action") instanceof ArrayNode several
          ? several
          : ((ObjectNode) statement).putArray("Action").add(withAction);
    }
  }
}
