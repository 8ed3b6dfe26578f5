package dev.pixal3d.jobs.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template as it stands in its file: what SAM does before anything is evaluated. */
final class Document {
  private static final Set<String> UNDERSTOOD =
      Set.of("Parameters", "Conditions", "Globals", "Resources");
  private static final Set<String> PASSED_OVER =
      Set.of(
          "AWSTemplateFormatVersion", "Description", "Metadata", "Outputs", "Rules", "Transform");
  private static final Set<String> RESOURCE_UNDERSTOOD = Set.of("Condition", "Properties", "Type");
  private static final Set<String> RESOURCE_PASSED_OVER =
      Set.of("DeletionPolicy", "DependsOn", "Metadata", "UpdateReplacePolicy");
  private static final Map<String, String> GLOBALS =
      Map.of("Function", Resource.FUNCTION, "HttpApi", Resource.HTTP_API);

  private final Path file;
  private final Map<?, ?> content;
  private final Map<String, Parameter> parameters;

  Document(Path file) {
    if (!(CloudFormationYaml.read(file) instanceof Map<?, ?> content)) {
      throw new TemplateException(file + ": is not a template: a mapping is expected");
    }
    this.file = file;
    this.content = content;
    Section root = root(Map.of(), PhysicalIds.none());
    root.allowOnly(UNDERSTOOD, PASSED_OVER);
    root.find("Globals").ifPresent(globals -> globals.allowOnly(GLOBALS.keySet(), Set.of()));
    this.parameters = readParameters(root);
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** The resources that the template's conditions leave. */
  List<Resource> resources(Map<String, String> parameterValues, PhysicalIds ids) {
    Section root = root(allParameterValues(parameterValues), ids);
    List<Resource> resources = new ArrayList<>();
    root.get("Resources")
        .members()
        .forEach((logicalId, section) -> {
          if (section.find("Condition").map(root.intrinsics()::holds).orElse(true)) {
            resources.add(resource(logicalId, section));
          }
        });
    return resources;
  }

  private Resource resource(String logicalId, Section section) {
    section.allowOnly(RESOURCE_UNDERSTOOD, RESOURCE_PASSED_OVER);
    String type = section.get("Type").text();
    Object own = section.find("Properties").map(Section::raw).orElse(Map.of());
    return new Resource(logicalId, type, section.at(".Properties", merge(globalsOf(type), own)));
  }

  private Object globalsOf(String type) {
    return content.get("Globals") instanceof Map<?, ?> globals
        ? GLOBALS.entrySet().stream()
            .filter(entry -> entry.getValue().equals(type))
            .findFirst()
            .<Object>map(entry -> globals.get(entry.getKey()))
            .orElse(Map.of())
        : Map.of();
  }

  /** SAM's rule: mappings are merged, lists joined, of anything else the resource's own stands. */
  private static @Nullable Object merge(@Nullable Object global, @Nullable Object own) {
    if (global instanceof Map<?, ?> a && own instanceof Map<?, ?> b && !Intrinsics.isCall(b)) {
      Map<Object, @Nullable Object> merged = new LinkedHashMap<>(a);
      b.forEach(
          (key, value) -> merged.put(key, a.containsKey(key) ? merge(a.get(key), value) : value));
      return merged;
    }
    if (global instanceof List<?> a && own instanceof List<?> b) {
      List<@Nullable Object> joined = new ArrayList<>(a);
      joined.addAll(b);
      return joined;
    }
    return own;
  }

  private Section root(Map<String, String> parameterValues, PhysicalIds ids) {
    Map<?, ?> conditions =
        content.get("Conditions") instanceof Map<?, ?> declared ? declared : Map.of();
    return new Section(file.toString(), content, new Intrinsics(parameterValues, conditions, ids));
  }

  private Map<String, String> allParameterValues(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      if (parameter.defaultValue() != null) {
        values.put(parameter.name(), parameter.defaultValue());
      }
    }
    given.forEach((name, value) -> {
      if (!parameters.containsKey(name)) {
        throw new TemplateException(
            file + ": there is no parameter " + name + "; there are " + parameters.keySet());
      }
      values.put(name, value);
    });
    return values;
  }

  private static Map<String, Parameter> readParameters(Section root) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    root.find("Parameters")
        .map(Section::members)
        .orElse(Map.of())
        .forEach((name, section) ->
            parameters.put(
                name,
                new Parameter(
                    name,
                    section.get("Type").text(),
                    section.find("Default").map(Section::text).orElse(null),
                    section.find("Description").map(Section::text).orElse(""))));
    return parameters;
  }
}
