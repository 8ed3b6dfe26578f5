package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
  void a_function_may_do_what_its_code_does_and_nothing_else(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differences(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_send_to_the_queues_that_its_messages_go_to_and_to_no_other(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfQueues(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_query_the_indexes_that_its_code_names_and_no_other(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfIndexes(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_read_the_secrets_that_its_code_asks_for_and_no_other(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();

    assertThat(Permissions.differencesOfSecrets(template, function, code(function))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_receive_from_the_queues_that_call_it_and_from_no_other(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();
    Set<String> callers =
        template.queuesThatCall(function).stream().map(Permissions::logicalId).collect(toSet());

    assertThat(Permissions.TO_BE_CALLED_BY_A_QUEUE)
        .allSatisfy(
            action -> assertThat(resources(template, function, action)).hasSameElementsAs(callers));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_write_to_its_own_log_and_to_no_other(String function) {
    ExpandedTemplate template = ExpandedTemplate.byDefault();
    String log =
        template.properties(function).path("LoggingConfig").path("LogGroup").path("Ref").asText();

    assertThat(Permissions.TO_LOG)
        .allSatisfy(
            action -> assertThat(resources(template, function, action)).containsExactly(log));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void it_may_use_one_table_the_stacks_own_or_the_one_that_is_given(String function) {
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
  void with_a_key_and_tracing_it_may_use_those_too_and_nothing_else(String function) {
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

  @Test
  void no_role_may_do_everything_or_anything_on_everything() {
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
  void no_role_has_policies_of_aws_which_allow_more() {
    assertThat(ExpandedTemplate.withEverythingOn().ofType("AWS::IAM::Role").values())
        .isNotEmpty()
        .noneMatch(role -> role.has("ManagedPolicyArns"));
  }

  @Test
  void the_schedule_may_send_sweeps() {
    assertThat(ExpandedTemplate.byDefault().permissionsOfRole("SweepScheduleRole"))
        .singleElement()
        .satisfies(permission -> {
          assertThat(permission.action()).isEqualTo("sqs:SendMessage");
          assertThat(Permissions.logicalId(permission.resource())).isEqualTo("SweepQueue");
        });
  }

  @Test
  void a_deployment_may_shift_every_function_and_nothing_else() {
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
  class A_change_on_one_side {
    private final ExpandedTemplate changed = ExpandedTemplate.byDefault().copy();

    @Test
    void a_permission_more_is_named() {
      actionsOf("SubmitRole", "sqs:SendMessage").add("sqs:PurgeQueue");

      assertThat(Permissions.differences(changed, "SubmitFunction", code("SubmitFunction")))
          .containsExactly(
              "SubmitFunction may call sqs:PurgeQueue, but nothing that its handler reaches does:"
                  + " take that from its role");
    }

    @Test
    void a_permission_less_is_named() {
      actionsOf("NotifyRole", "dynamodb:GetItem").remove(0);

      assertThat(Permissions.differences(changed, "NotifyFunction", code("NotifyFunction")))
          .containsExactly(
              "NotifyFunction may not call dynamodb:GetItem, but what its handler reaches does:"
                  + " add that to its role");
    }

    @Test
    void a_handler_that_does_more_is_named() {
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
    void a_function_of_which_another_ones_code_is_expected_is_named() {
      assertThat(Permissions.differencesOfQueues(changed, "NotifyFunction", code("SubmitFunction")))
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
          : ((com.fasterxml.jackson.databind.node.ObjectNode) statement)
              .putArray("Action")
              .add(withAction);
    }
  }
}
