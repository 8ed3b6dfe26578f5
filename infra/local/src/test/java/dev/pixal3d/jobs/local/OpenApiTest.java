package dev.pixal3d.jobs.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.pixal3d.jobs.core.api.Fault;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.embedded.Route;
import dev.pixal3d.jobs.embedded.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** infra/openapi.yaml, template.yaml and the code describe one API. */
class OpenApiTest {
  private static final Path REPOSITORY = Path.of("../..");
  private static final ObjectNode DOCUMENT = document();
  private static final JsonNode COMPONENTS = DOCUMENT.path("components");
  private static final JsonNode REQUEST = COMPONENTS.path("schemas").path("GenerateRequest");

  /** Path Item Object (OpenAPI 3.1.1, 4.8.9). */
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          Dialects.getOpenApi31(),
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  @Test
  void it_describes_every_route_of_the_template_and_no_other() {
    List<Route> routes =
        Template.load(REPOSITORY.resolve("template.yaml")).functions().stream()
            .flatMap(function -> function.routes().stream())
            .filter(route -> !route.path().equals("$default"))
            .toList();

    assertThat(describedRoutes()).containsExactlyInAnyOrderElementsOf(routes);
  }

  private static List<Route> describedRoutes() {
    return DOCUMENT.path("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .map(operation ->
                    new Route(operation.getKey().toUpperCase(Locale.ROOT), path.getKey())))
        .toList();
  }

  @Test
  void it_names_every_status_and_webhook_mode() {
    assertThat(texts(COMPONENTS.at("/schemas/JobStatus/enum")))
        .containsExactlyElementsOf(Stream.of(JobStatus.values()).map(JobStatus::name).toList());
    assertThat(texts(COMPONENTS.at("/parameters/WebhookMode/schema/enum")))
        .containsExactlyElementsOf(
            Stream.of(WebhookMode.values()).map(WebhookMode::headerValue).toList());
  }

  @ParameterizedTest
  @MethodSource
  void every_example_fits_its_schema(Example example) {
    assertThat(example.schema().validate(example.value().toString(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void every_body_has_an_example() {
    assertThat(DOCUMENT.findValues("content"))
        .isNotEmpty()
        .flatExtracting(JsonNode::properties)
        .allSatisfy(body ->
            assertThat(body.getValue().properties())
                .extracting(Map.Entry::getKey)
                .containsAnyOf("example", "examples"));
  }

  /**
   * @param place where it stands, as a JSON pointer
   */
  record Example(String place, Schema schema, JsonNode value) {
    @Override
    public String toString() {
      return place;
    }
  }

  private static List<Example> every_example_fits_its_schema() {
    List<Example> examples = new ArrayList<>();
    collect("", DOCUMENT, examples);
    return examples;
  }

  private static void collect(String place, JsonNode node, List<Example> examples) {
    JsonNode several = node.path("examples");
    boolean besideSchema = node.path("schema").isObject();
    if (besideSchema && node.has("example")) {
      examples.add(
          new Example(place + "/example", schema(node.path("schema")), node.path("example")));
    }
    if (besideSchema) {
      several
          .properties()
          .forEach(named ->
              examples.add(
                  new Example(
                      place + "/examples/" + named.getKey(),
                      schema(node.path("schema")),
                      dereferenced(named.getValue()).path("value"))));
    } else if (several.isArray()) { // The node is a schema itself.
      several.forEach(value -> examples.add(new Example(place + "/examples", schema(node), value)));
    }
    if (node.isArray()) {
      node.forEach(element -> collect(place + "/*", element, examples));
    }
    node.properties().stream()
        .filter(member -> !member.getKey().equals("example") && !member.getKey().equals("examples"))
        .forEach(member -> collect(place + "/" + member.getKey(), member.getValue(), examples));
  }

  private static JsonNode dereferenced(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
  }

  /** The schema, with all that it may refer to. */
  private static Schema schema(JsonNode node) {
    ObjectNode schema = node.deepCopy();
    return SCHEMAS.getSchema(schema.set("components", COMPONENTS));
  }

  // Submits: what is described is what is read.

  @Test
  void the_parameters_of_a_submit_have_the_same_names_in_the_same_order() {
    assertThat(faults("{\"image_url\": \"https://example.com/\", \"nothingOfTheKind\": 1}"))
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .endsWith("The parameters are: " + String.join(", ", parameters()));
  }

  @Test
  void the_same_parameters_are_required() {
    assertThat(faults("{}"))
        .extracting(Fault::field)
        .containsExactlyElementsOf(texts(REQUEST.path("required")));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void a_parameter_has_the_same_type_and_the_same_values(String parameter) {
    assertThat(faults(submit(parameter, "[]")))
        .extracting(Fault::message)
        .first()
        .isEqualTo(
            "must be %s, but is an array"
                .formatted(inWords(REQUEST.at("/properties/" + parameter))));
  }

  /** A schema as the reader of submits tells of it. */
  private static String inWords(JsonNode schema) {
    List<String> values =
        schema
            .path("enum")
            .valueStream()
            .filter(value -> !value.isNull())
            .map(JsonNode::asText)
            .toList();
    if (!values.isEmpty()) {
      return String.join(", ", values.subList(0, values.size() - 1)) + " or " + values.getLast();
    }
    String type =
        schema.path("type").isArray()
            ? schema.at("/type/0").asText()
            : schema.path("type").asText();
    return switch (type) {
      case "integer" ->
          "an integer from %s to %s".formatted(schema.path("minimum"), schema.path("maximum"));
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "string" -> "a string, the image's address";
      default -> "nothing that the reader knows: " + schema;
    };
  }

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "{}",
          "[1024]",
          "\"\"",
          "\"text\"",
          "\"12\"",
          "\"1024\"",
          "0",
          "1",
          "-1",
          "12",
          "1.5",
          "-0.25",
          "7.5e-1",
          "1024",
          "1025",
          "1536",
          "2048",
          "4096",
          "2147483647",
          "2147483648",
          "-9223372036854775808",
          "-9223372036854775809",
          "18446744073709551615",
          "18446744073709551616",
          "\"http://example.com\"",
          "\"https://example.com/dog.png?size=1#top\"",
          "\"HTTPS://EXAMPLE.COM:8443/\"",
          "\"https://[2001:db8::1]/dog.png\"",
          "\"https://my_bucket.example.com/dog.png\"",
          "\"ftp://example.com/dog.png\"",
          "\"file:///etc/passwd\"",
          "\"data:image/png;base64,AAAA\"",
          "\"//example.com/dog.png\"",
          "\"https://user:password@example.com/\"",
          "\"https:///dog.png\"",
          "\"https://\"",
          "\"https://example.com/my dog.png\"",
          "\"https://bücher.example/\"",
          "\"https://example.com/\\n\"",
          "\"https://example.com/" + "x".repeat(2_048 - 20) + "\"",
          "\"https://example.com/" + "x".repeat(2_048 - 19) + "\"");

  @ParameterizedTest
  @MethodSource("parameters")
  void a_submit_that_fits_the_schema_is_taken_and_every_other_is_refused(String parameter) {
    Schema schema = schema(REQUEST);

    assertThat(VALUES)
        .map(value -> submit(parameter, value))
        .allSatisfy(body ->
            assertThat(schema.validate(body, InputFormat.JSON).isEmpty())
                .isEqualTo(faults(body).isEmpty()));
  }

  private static String submit(String parameter, String value) {
    return parameter.equals("image_url")
        ? "{\"image_url\": %s}".formatted(value)
        : "{\"image_url\": \"https://example.com/dog.png\", \"%s\": %s}"
            .formatted(parameter, value);
  }

  private static List<Fault> faults(String body) {
    return switch (new SubmitRequestReader(false)
        .read(Headers.of(Map.of("Content-Type", "application/json")), body.getBytes(UTF_8))) {
      case SubmitRequestReader.Valid _ -> List.of();
      case SubmitRequestReader.Invalid(List<Fault> faults) -> faults;
    };
  }

  private static List<String> parameters() {
    return REQUEST.path("properties").propertyStream().map(Map.Entry::getKey).toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static ObjectNode document() {
    try {
      return (ObjectNode)
          new ObjectMapper(new YAMLFactory())
              .readTree(REPOSITORY.resolve("infra/openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
