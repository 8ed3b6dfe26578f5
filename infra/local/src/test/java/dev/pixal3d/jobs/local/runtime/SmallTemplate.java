package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.PhysicalIds;
import dev.pixal3d.jobs.embedded.Template;
import java.nio.file.Path;
import java.util.Map;

/** The system in small-template.yaml. */
final class SmallTemplate {
  static final Template TEMPLATE = Template.load(Path.of("src/test/resources/small-template.yaml"));

  private SmallTemplate() {}

  static FunctionResource function(String name) {
    return TEMPLATE.functions().stream()
        .filter(function -> function.logicalId().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static FunctionHost host(String name) {
    FunctionResource function = function(name);
    return FunctionInJvm.load(
        function, TEMPLATE.environmentOf(function, Map.of(), PhysicalIds.none()));
  }
}
