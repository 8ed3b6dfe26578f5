package dev.pixal3d.jobs.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What samconfig.toml tells {@code sam deploy}. {@code --guided} writes answers into it.
 *
 * @param environments the parameters of deploy, by the environment's name
 */
record SamConfig(Map<String, JsonNode> environments) {
  /**
   * {@code A=b}, {@code A="b c"}, {@code A=""}; SAM CLI's own pattern, CfnParameterOverridesType.
   */
  private static final Pattern OVERRIDE =
      Pattern.compile("(\\w+)=(?:\"((?:\\\\.|[^\"\\\\])*)\"|((?:\\\\.|[^\\s\"\\\\])+))");

  static SamConfig parse(String toml) {
    var environments = new LinkedHashMap<String, JsonNode>();
    try {
      new TomlMapper()
          .readTree(toml)
          .properties()
          .forEach(environment -> {
            JsonNode parameters = environment.getValue().at("/deploy/parameters");
            if (!parameters.isMissingNode()) {
              environments.put(environment.getKey(), parameters);
            }
          });
    } catch (JsonProcessingException e) {
      throw new AssertionError("samconfig.toml is no TOML", e);
    }
    return new SamConfig(environments);
  }

  String setting(String environment, String name) {
    return environments.getOrDefault(environment, MissingNode.getInstance()).path(name).asText();
  }

  /** The template's parameters that an environment gives, as {@code NAME=value}. */
  List<String> parameterOverrides(String environment) {
    JsonNode overrides =
        environments
            .getOrDefault(environment, MissingNode.getInstance())
            .path("parameter_overrides");
    Stream<String> texts =
        overrides.isArray()
            ? overrides.valueStream().map(JsonNode::asText)
            : Stream.of(overrides.asText());
    return texts.flatMap(SamConfig::overrides).toList();
  }

  private static Stream<String> overrides(String text) {
    String rest = OVERRIDE.matcher(text).replaceAll("");
    if (!rest.isBlank()) {
      throw new AssertionError("In parameter_overrides sam understands no " + rest.strip());
    }
    return OVERRIDE
        .matcher(text)
        .results()
        .map(found -> {
          String value = found.group(2) == null ? found.group(3) : found.group(2);
          return found.group(1) + "=" + value.replaceAll("\\\\(.)", "$1");
        });
  }
}
