package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the code is in the template, and the other way round. */
class BothSidesTest {
  private static final Pattern ROUTE = Pattern.compile("(GET|PUT|POST|PATCH|DELETE|ANY) /.*");

  /** What a handler takes without asking which route it was. */
  private static final Map<String, String> REST =
      Map.of(
          "SubmitFunction", "POST /{model}/v1/{operation}",
          "StatusFunction", "$default",
          "WebhookFunction", "POST /callbacks/{request_id}/{token}");

  /** What the functions' logging and metrics read from the environment. */
  private static final Set<String> FOR_TELEMETRY =
      Set.of("LOG_LEVEL", "METRICS_NAMESPACE", "SERVICE_NAME");

  private static ExpandedTemplate template() {
    return ExpandedTemplate.byDefault();
  }

  private static Set<String> functions() {
    return template().functions();
  }

  // Functions

  @Test
  void everyHandlerIsAFunctionAndEveryFunctionAHandler() {
    Set<String> deployed =
        functions().stream().map(template()::handlerClass).collect(toCollection(TreeSet::new));

    assertThat(handlersInSource()).isNotEmpty().isEqualTo(deployed);
  }

  private static Set<String> handlersInSource() {
    Path functions = Repository.file("functions");
    try (Stream<Path> files = Files.walk(functions)) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file ->
              Repository.read("functions/" + functions.relativize(file))
                  .contains("implements RequestHandler<"))
          .map(file -> file.toString().replaceAll(".*/src/main/java/(.*)\\.java", "$1"))
          .map(file -> file.replace('/', '.'))
          .collect(toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Set<Setting> FOR_THE_LOCAL_STACK =
      Set.of(Setting.ALLOW_LOOPBACK, Setting.CLOCKS_APART_SECONDS);

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionIsDeployedFromTheModuleOfItsHandler(String function) {
    String module = template().handlerClass(function).replaceAll(".*\\.(\\w+)\\.\\w+", "$1");

    assertThat(template().properties(function).at("/Code/S3Key").asText())
        .isEqualTo("functions/%1$s/target/%1$s.zip".formatted(module));
    assertThat(Repository.read("pom.xml"))
        .contains("<module>functions/%s</module>".formatted(module));
  }

  // Routes

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionHasTheRoutesThatItsHandlerKnows(String function) {
    Set<String> known = routesInCode(template().handlerClass(function));
    if (REST.get(function) != null) {
      known.add(REST.get(function));
    }

    assertThat(routesInTemplate(function)).isEqualTo(known);
  }

  /** The constants that look like a route, of a handler and what it makes of its own package. */
  private static Set<String> routesInCode(String handlerClass) {
    String handler = handlerClass.replace('.', '/');
    String ownPackage = handler.substring(0, handler.lastIndexOf('/') + 1);
    return Stream.concat(
            Stream.of(handler),
            ReachableCode.of(handlerClass).made().stream().map(ReachableCode.Made::type))
        .filter(type -> type.startsWith(ownPackage))
        .flatMap(type -> ClassFiles.find(type).orElseThrow().fields().stream())
        .flatMap(field -> field.findAttribute(Attributes.constantValue()).stream())
        .map(ConstantValueAttribute::constant)
        .map(constant -> String.valueOf(constant.constantValue()))
        .filter(text -> ROUTE.matcher(text).matches())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> routesInTemplate(String function) {
    var routes = new TreeSet<String>();
    template()
        .properties("Api")
        .at("/Body/paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (ExpandedTemplate.refersTo(
                      operation.getValue(), ExpandedTemplate.alias(function))) {
                    routes.add(route(path.getKey(), operation.getKey()));
                  }
                }));
    return routes;
  }

  private static String route(String path, String method) {
    String verb = method.equals("x-amazon-apigateway-any-method") ? "ANY" : method;
    return path.equals("$default") ? path : verb.toUpperCase(Locale.ROOT) + " " + path;
  }

  // Settings and queues

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionGetsEverySettingAndNothingThatNobodyReads(String function) {
    Set<String> expected =
        Arrays.stream(Setting.values())
            .filter(setting -> !FOR_THE_LOCAL_STACK.contains(setting))
            .map(Setting::name)
            .collect(toCollection(TreeSet::new));
    expected.addAll(FOR_TELEMETRY);

    assertThat(environment(function).propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyQueueHasASettingAndAFunctionThatItCallsAndEverySuchSettingAQueue() {
    Set<String> queues = new TreeSet<>(template().ofType("AWS::SQS::Queue").keySet());
    queues.removeAll(ExpandedTemplateTest.deadLetterQueues());

    Set<String> inSettings =
        Arrays.stream(Setting.values())
            .map(Setting::name)
            .filter(name -> name.endsWith("_QUEUE_URL"))
            .map(name -> environment("SubmitFunction").path(name).path("Ref").asText())
            .collect(toCollection(TreeSet::new));
    Set<String> callers =
        functions().stream()
            .flatMap(function -> template().queuesThatCall(function).stream())
            .map(Permissions::logicalId)
            .collect(toCollection(TreeSet::new));

    assertThat(inSettings).isEqualTo(queues);
    assertThat(callers).isEqualTo(queues);
  }

  private static JsonNode environment(String function) {
    return template().properties(function).at("/Environment/Variables");
  }
}
