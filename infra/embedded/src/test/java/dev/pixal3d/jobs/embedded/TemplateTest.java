package dev.pixal3d.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String TABLE =
      """
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
            KeySchema: [{ AttributeName: id, KeyType: HASH }]
      """;

  @TempDir Path folder;

  @Nested
  class The_repositorys_template {
    private final Template template = RepositoryTemplate.load();

    @Test
    void has_seven_functions_each_with_a_handler_in_a_package_of_its_own() {
      assertThat(template.functions())
          .extracting(FunctionResource::handlerClass)
          .containsExactly(
              "dev.pixal3d.jobs.submit.SubmitHandler",
              "dev.pixal3d.jobs.status.StatusHandler",
              "dev.pixal3d.jobs.control.ControlHandler",
              "dev.pixal3d.jobs.dispatch.DispatchHandler",
              "dev.pixal3d.jobs.webhook.WebhookHandler",
              "dev.pixal3d.jobs.poller.PollerHandler",
              "dev.pixal3d.jobs.notify.NotifyHandler");
    }

    @Test
    void leads_every_path_to_a_function() {
      assertThat(template.functions())
          .flatExtracting(FunctionResource::routes)
          .containsExactly(
              new Route("POST", "/pixal3d/v1/pixal3d-request"),
              new Route("POST", "/{model}/v1/{operation}"),
              new Route("GET", "/v2/requests/status/{request_id}"),
              new Route("GET", "/v2/requests"),
              new Route("GET", "/v2/requests/{request_id}/timeline"),
              new Route("ANY", "$default"),
              new Route("POST", "/v2/requests/{request_id}/cancel"),
              new Route("POST", "/v2/requests/{request_id}/webhook/replay"),
              new Route("POST", "/v2/webhooks/test"),
              new Route("POST", "/callbacks/{request_id}/{token}"));
    }

    @Test
    void names_the_zip_of_each_function_from_its_own_folder() {
      assertThat(template.functions().getFirst().codeUri())
          .isEqualTo(
              RepositoryTemplate.FILE
                  .toAbsolutePath()
                  .resolveSibling("functions/submit/target/submit.zip")
                  .normalize());
    }

    @Test
    void puts_its_globals_into_each_function_unless_the_function_says_otherwise() {
      assertThat(template.functions())
          .extracting(FunctionResource::timeout)
          .containsExactly(
              Duration.ofSeconds(25),
              Duration.ofSeconds(25),
              Duration.ofSeconds(25),
              Duration.ofSeconds(60),
              Duration.ofSeconds(25),
              Duration.ofSeconds(60),
              Duration.ofSeconds(60));
    }

    @Test
    void hides_a_message_for_at_least_six_times_the_timeout_of_the_function_that_has_it() {
      Map<String, Duration> visibility =
          template.queues().stream()
              .collect(
                  Collectors.toMap(QueueResource::logicalId, QueueResource::visibilityTimeout));

      assertThat(template.functions())
          .allSatisfy(function ->
              assertThat(function.queueSources())
                  .allSatisfy(source ->
                      assertThat(visibility.get(source.queueLogicalId()))
                          .isGreaterThanOrEqualTo(function.timeout().multipliedBy(6))));
    }

    @Test
    void hears_of_single_messages_that_failed_on_every_queue() {
      assertThat(template.functions())
          .flatExtracting(FunctionResource::queueSources)
          .hasSize(4)
          .allMatch(QueueSource::reportBatchItemFailures);
    }

    @Test
    void has_dead_letters_for_every_queue_that_a_function_reads() {
      assertThat(template.queues())
          .filteredOn(queue -> queue.deadLetterQueueLogicalId() != null)
          .extracting(QueueResource::logicalId)
          .containsExactlyInAnyOrderElementsOf(
              template.functions().stream()
                  .flatMap(function -> function.queueSources().stream())
                  .map(QueueSource::queueLogicalId)
                  .toList());
    }

    @Test
    void takes_the_concurrency_of_dispatch_from_its_parameter() {
      assertThat(dispatch(template).queueSources().getFirst().maximumConcurrency()).isEqualTo(10);
      assertThat(
              dispatch(Template.load(RepositoryTemplate.FILE, Map.of("MaxConcurrentDispatch", "2")))
                  .queueSources()
                  .getFirst()
                  .maximumConcurrency())
          .isEqualTo(2);
    }

    private static FunctionResource dispatch(Template template) {
      return template.functions().stream()
          .filter(function -> function.logicalId().equals("DispatchFunction"))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void can_be_read_with_everything_switched_on() {
      Template everything =
          Template.load(
              RepositoryTemplate.FILE,
              Map.of(
                  "AlarmTopicArn", "arn:aws:sns:us-east-1:123456789012:alarms",
                  "CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/1",
                  "CorsOrigins", "https://app.example.com",
                  "DomainName", "jobs.example.com",
                  "KmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/1",
                  "PermissionsBoundaryArn", "arn:aws:iam::123456789012:policy/boundary",
                  "XRayTracing", "true"));

      assertThat(everything.functions()).isEqualTo(template.functions());
      assertThat(everything.queues()).isEqualTo(template.queues());
      assertThat(everything.table()).isEqualTo(template.table());
    }

    @Test
    void sweeps_every_minute() {
      assertThat(template.schedules())
          .containsExactly(
              new ScheduleResource(
                  "SweepSchedule", Duration.ofMinutes(1), "SweepQueue", "{\"sweep\":\"all\"}"));
    }

    @Test
    void has_an_index_of_what_is_due_and_one_by_client_and_lets_jobs_expire() {
      assertThat(template.table().indexes())
          .extracting(TableResource.Index::name)
          .containsExactly("due", "by_client");
      assertThat(template.table().timeToLiveAttribute()).isEqualTo("expires_at");
    }

    @Test
    void gives_every_setting_a_default_but_the_key() {
      assertThat(template.parameters().values())
          .filteredOn(parameter -> parameter.defaultValue() == null)
          .extracting(Parameter::name)
          .containsExactly("Pixal3dApiKey");
    }

    @Test
    void describes_every_parameter() {
      assertThat(template.parameters().values())
          .allSatisfy(parameter -> assertThat(parameter.description()).isNotBlank());
    }

    @Test
    void gives_a_function_its_settings_and_the_names_of_what_it_uses() {
      PhysicalIds ids =
          PhysicalIds.none()
              .with("JobsTable", "jobs")
              .with("CallbackSecret", "the secret")
              .with("DispatchQueue", "http://localhost/dispatch")
              .with("PollQueue", "http://localhost/poll")
              .with("NotifyQueue", "http://localhost/notify")
              .with("SweepQueue", "http://localhost/sweep");

      assertThat(
              template.environmentOf(
                  template.functions().getFirst(),
                  Map.of("Pixal3dApiKey", "the key", "DueShards", "4"),
                  ids))
          .contains(
              entry("PIXAL3D_API_KEY", "the key"),
              entry("CALLBACK_SECRET", "the secret"),
              entry("DUE_SHARDS", "4"),
              entry("FIRST_POLL_SECONDS", "180"),
              entry("PUBLIC_URL", ""),
              entry("TABLE_NAME", "jobs"),
              entry("DISPATCH_QUEUE_URL", "http://localhost/dispatch"));
    }

    @Test
    void says_which_value_is_missing_for_the_environment() {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() ->
              template.environmentOf(template.functions().getFirst(), Map.of(), PhysicalIds.none()))
          .withMessageContaining("SubmitFunction.Properties.Environment.Variables.PIXAL3D_API_KEY")
          .withMessageContaining("Pixal3dApiKey has no value");
    }

    @Test
    void says_which_parameter_does_not_exist() {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> Template.load(RepositoryTemplate.FILE, Map.of("DueShard", "4")))
          .withMessageContaining("there is no parameter DueShard")
          .withMessageContaining("DueShards");
    }

    @Test
    void has_no_environment_for_a_function_of_another_template() {
      FunctionResource other =
          new FunctionResource(
              "Other", "Handler", Path.of("x.zip"), Duration.ZERO, 128, List.of(), List.of());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> template.environmentOf(other, Map.of(), PhysicalIds.none()))
          .withMessageContaining("no function Other");
    }
  }

  @Nested
  class A_changed_template {
    @Test
    void shows_a_route_that_was_added() throws IOException {
      Template changed =
          RepositoryTemplate.with(
              folder,
              "Properties: { ApiId: !Ref Api, Method: GET, Path:"
                  + " \"/v2/requests/status/{request_id}\" }\n",
              """
                      Another:
                        Type: HttpApi
                        Properties: { ApiId: !Ref Api, Method: get, Path: "/v2/requests/{rest+}" }
              """);

      assertThat(changed.functions())
          .filteredOn(function -> function.logicalId().equals("StatusFunction"))
          .flatExtracting(FunctionResource::routes)
          .contains(new Route("GET", "/v2/requests/{rest+}"));
    }

    @Test
    void shows_a_queue_that_was_added() throws IOException {
      Template changed =
          RepositoryTemplate.with(
              folder,
              "\nResources:\n",
              """
                AnotherQueue:
                  Type: AWS::SQS::Queue
                  Properties: { VisibilityTimeout: 77 }
              """);

      assertThat(changed.queues())
          .contains(new QueueResource("AnotherQueue", Duration.ofSeconds(77), null, 0));
    }
  }

  @Nested
  class Intrinsic_functions {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            !Ref Word                                      | hello
            !Ref AWS::Region                               | us-east-1
            !Sub "${Word}, ${AWS::Partition} ${!Word}"     | hello, aws ${Word}
            !Sub ["${a}-${Word}", { a: !Ref Other }]       | world-hello
            !Join ["-", [!Ref Word, !Ref Other]]           | hello-world
            !Select [1, [a, b]]                            | b
            !Select [1, !Split [",", "x,y"]]               | y
            !If [IsHello, yes, !Ref Nothing]               | yes
            !If [IsNotHello, !Ref Nothing, no]             | no
            !GetAtt Queue.Arn                              | arn:aws:sqs:us-east-1:000000000000:Queue
            !Sub "${Queue.QueueName}"                      | Queue
            { Ref: Word }                                  | hello
            { "Fn::GetAtt": [Queue, QueueName] }           | Queue
            17                                             | 17
            true                                           | true
            """)
    void are_evaluated(String expression, String value) throws IOException {
      assertThat(valueOf(expression)).isEqualTo(value);
    }

    @Test
    void leave_out_what_has_no_value() throws IOException {
      assertThat(environmentWith("!If [IsNotHello, a, !Ref AWS::NoValue]"))
          .doesNotContainKey("VALUE");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            !Ref Nothing              | Nothing has no value
            !Sub "${Nothing.Arn}"     | Nothing.Arn has no value
            !ImportValue a            | Fn::ImportValue is not understood
            !If [Missing, a, b]       | there is no condition Missing
            !If [IsHello, a]          | a condition and two values are expected
            !Select [2, [a, b]]       | there is no item 2 among 2
            !Join ["-"]               | 2 values are expected
            [a, b]                    | a text is expected
            """)
    void that_cannot_be_evaluated_are_named_with_their_place(String expression, String complaint) {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> valueOf(expression))
          .withMessageContaining(
              "template.yaml.Resources.Function.Properties.Environment.Variables.VALUE")
          .withMessageContaining(complaint);
    }

    private @Nullable String valueOf(String expression) throws IOException {
      return environmentWith(expression).get("VALUE");
    }

    private Map<String, String> environmentWith(String expression) throws IOException {
      Template template =
          template(
              """
              Parameters:
                Word: { Type: String, Default: hello }
                Other: { Type: String, Default: world }
              Conditions:
                IsHello: !And [!Equals [!Ref Word, hello], !Or [!Condition IsNotHello, !Not [!Condition IsNotHello]]]
                IsNotHello: !Not [!Equals [!Ref Word, hello]]
              Resources:
                Queue:
                  Type: AWS::SQS::Queue
                Function:
                  Type: AWS::Serverless::Function
                  Properties:
                    Handler: a.B::handleRequest
                    CodeUri: a.zip
                    Environment:
                      Variables:
                        VALUE: %s
              """
                      .formatted(expression)
                  + TABLE);
      return template.environmentOf(template.functions().getFirst(), Map.of(), PhysicalIds.none());
    }
  }

  @Nested
  class What_is_not_understood {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            Type: HttpApi                                 | Type: Schedule                    | SubmitFunction.Properties.Events.Submit: an event of type Schedule is not understood
            AWS::Scheduler::Schedule                      | AWS::Events::Rule                 | the type AWS::Events::Rule is not understood
            SubmitHandler::handleRequest                  | SubmitHandler::other              | SubmitFunction.Properties.Handler: a class and ::handleRequest are expected
            BatchSize: 5                                  | MaximumBatchingWindowInSeconds: 5 | PollerFunction.Properties.Events.Poll.Properties: MaximumBatchingWindowInSeconds is not understood
            BatchSize: 5                                  | BatchSize: five                   | BatchSize: a whole number is expected, not five
            VisibilityTimeout: 360                        | FifoQueue: true                   | DispatchQueue.Properties: FifoQueue is not understood
            !GetAtt SweepQueue.Arn                        | !GetAtt ApiLogs.Arn               | ApiLogs.Arn has no value
            rate(1 minute)                                | cron(0 0 * * ? *)                 | SweepSchedule.Properties.ScheduleExpression: rate(1 minute) or the like is expected
            PAY_PER_REQUEST                               | PROVISIONED                       | PAY_PER_REQUEST is expected, not PROVISIONED
            'Method: POST, Path: "/callbacks'             | 'Path: "/callbacks'               | Path and Method are expected together
            'Path: "/{model}/v1/{operation}"'             | Path: /pixal3d/v1/pixal3d-request | the route POST /pixal3d/v1/pixal3d-request of SubmitFunction is taken already
            'IndexName: due'                              | 'IndexNam: due'                   | IndexNam is not understood
            '!Ref Pixal3dBaseUrl'                         | '!Reff Pixal3dBaseUrl'            | is not a YAML template
            """)
    void is_refused_with_its_place(String text, String replacement, String complaint)
        throws IOException {
      Path file =
          RepositoryTemplate.write(
              folder, Files.readString(RepositoryTemplate.FILE), text, replacement);

      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> Template.load(file))
          .withMessageContaining(file.toString())
          .withMessageContaining(complaint);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> Template.load(folder.resolve("missing.yaml")))
          .withMessageContaining("missing.yaml: cannot be read");
    }

    @Test
    void a_template_without_a_table_is_refused() {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> template("Resources: {}\n"))
          .withMessageContaining("one table is expected, not 0");
    }
  }

  @Test
  void a_resource_whose_condition_does_not_hold_is_not_there() throws IOException {
    Template template =
        template(
            """
            Conditions:
              Never: !Equals [a, b]
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Condition: Never
            """
                + TABLE);

    assertThat(template.queues()).isEmpty();
  }

  @Test
  void physical_ids_do_not_show_their_values() {
    assertThat(PhysicalIds.none().with("CallbackSecret", "s3cret"))
        .hasToString("PhysicalIds[CallbackSecret]");
  }

  private Template template(String content) throws IOException {
    return Template.load(Files.writeString(folder.resolve("template.yaml"), content));
  }
}
