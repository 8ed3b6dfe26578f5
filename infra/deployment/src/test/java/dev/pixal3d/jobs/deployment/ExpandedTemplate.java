package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * template.yaml as CloudFormation makes resources of it: SAM's resources translated, conditions
 * evaluated, nested stacks with what they are made of.
 *
 * @param resources by logical id
 * @param outputs by name
 */
record ExpandedTemplate(JsonNode resources, JsonNode outputs) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<List<String>, ExpandedTemplate> EXPANDED = new ConcurrentHashMap<>();

  /** What the parameter of that name is given. */
  static final String API_KEY = "arn:aws:secretsmanager:us-east-1:123456789012:secret:pixal3d";

  /** Values for every parameter that switches something on. */
  static final List<String> EVERYTHING_ON =
      List.of(
          "AlarmTopicArn=arn:aws:sns:us-east-1:123456789012:alarms",
          "CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/1",
          "CorsOrigins=https://app.example.com",
          "DomainName=jobs.example.com",
          "ExistingTableName=restored",
          "KmsKeyArn=arn:aws:kms:us-east-1:123456789012:key/1",
          "PermissionsBoundaryArn=arn:aws:iam::123456789012:policy/boundary",
          "Pixal3dApiKey=" + API_KEY,
          "XRayTracing=true");

  /** As it is deployed when nothing is asked for but what must be given. */
  static ExpandedTemplate byDefault() {
    return of(List.of("Pixal3dApiKey=" + API_KEY));
  }

  static ExpandedTemplate withEverythingOn() {
    return of(EVERYTHING_ON);
  }

  /** With some parameters. Skips the test that asks if the SAM translator is not there. */
  static ExpandedTemplate of(List<String> parameters) {
    assumeTrue(
        Translator.IS_THERE,
        "Skipped: the SAM translator is not installed (pip install aws-sam-translator)");
    return EXPANDED.computeIfAbsent(parameters, ExpandedTemplate::translate);
  }

  private static final class Translator {
    static final boolean IS_THERE =
        Repository.run(List.of("python3", "-c", "import samtranslator")).exitCode() == 0;
  }

  private static ExpandedTemplate translate(List<String> parameters) {
    var command = new ArrayList<>(List.of(".ci/translate-template", "--json"));
    command.addAll(parameters);
    Repository.Result result = Repository.run(command);
    if (result.exitCode() != 0) {
      throw new AssertionError(result.output());
    }
    try {
      JsonNode template = JSON.readTree(result.output());
      return new ExpandedTemplate(template.path("Resources"), template.path("Outputs"));
    } catch (JsonProcessingException e) {
      throw new AssertionError("It is no JSON: " + result.output(), e);
    }
  }

  ExpandedTemplate copy() {
    return new ExpandedTemplate(resources.deepCopy(), outputs);
  }

  JsonNode properties(String logicalId) {
    return resources.path(logicalId).path("Properties");
  }

  /** Logical id and properties of the resources of a type, those of nested stacks among them. */
  Map<String, JsonNode> ofType(String type) {
    var found = new LinkedHashMap<String, JsonNode>();
    collect(resources, type, found);
    return found;
  }

  private static void collect(JsonNode resources, String type, Map<String, JsonNode> found) {
    resources
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").asText().equals(type)) {
            found.put(resource.getKey(), resource.getValue().path("Properties"));
          }
          collect(resource.getValue().path("Resources"), type, found);
        });
  }

  /** Logical ids of the functions. */
  Set<String> functions() {
    return ofType("AWS::Lambda::Function").keySet();
  }

  String handlerClass(String function) {
    return properties(function).path("Handler").asText().replace("::handleRequest", "");
  }

  /** What stands for the function's published version, and everything is to call. */
  static String alias(String function) {
    return function + "Aliaslive";
  }

  /** The queues that call a function. */
  List<JsonNode> queuesThatCall(String function) {
    return ofType("AWS::Lambda::EventSourceMapping").values().stream()
        .filter(mapping -> refersTo(mapping.path("FunctionName"), alias(function)))
        .map(mapping -> mapping.path("EventSourceArn"))
        .toList();
  }

  /** Whether a value names a resource of that logical id anywhere. */
  static boolean refersTo(JsonNode value, String logicalId) {
    return value.findValuesAsText("Ref").contains(logicalId)
        || value.findValues("Fn::GetAtt").stream()
            .anyMatch(attribute -> attribute.path(0).asText().equals(logicalId))
        || value.findValues("Fn::Sub").stream()
            .anyMatch(text -> text.toString().contains("${" + logicalId));
  }

  /**
   * A thing that may be done.
   *
   * @param action as {@code sqs:SendMessage}
   * @param resource to what; intrinsic functions as they are written
   */
  record Permission(String action, JsonNode resource) {}

  /** What the role of a function allows. */
  List<Permission> permissionsOf(String function) {
    return permissionsOfRole(properties(function).path("Role").path("Fn::GetAtt").path(0).asText());
  }

  /** What a role allows by policies of its own and by those that name it. */
  List<Permission> permissionsOfRole(String role) {
    Stream<JsonNode> own = properties(role).path("Policies").valueStream();
    Stream<JsonNode> attached =
        ofType("AWS::IAM::Policy").values().stream()
            .filter(policy -> refersTo(policy.path("Roles"), role));
    return Stream.concat(own, attached)
        .flatMap(policy -> policy.path("PolicyDocument").path("Statement").valueStream())
        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
        .flatMap(ExpandedTemplate::permissions)
        .toList();
  }

  private static Stream<Permission> permissions(JsonNode statement) {
    return items(statement.path("Action"))
        .flatMap(action ->
            items(statement.path("Resource"))
                .map(resource -> new Permission(action.asText(), resource)));
  }

  private static Stream<JsonNode> items(JsonNode oneOrMany) {
    return oneOrMany.isArray() ? oneOrMany.valueStream() : Stream.of(oneOrMany);
  }

  static Set<String> actions(List<Permission> permissions) {
    return permissions.stream().map(Permission::action).collect(toCollection(TreeSet::new));
  }
}
