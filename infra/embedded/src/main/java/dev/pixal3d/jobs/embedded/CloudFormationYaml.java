package dev.pixal3d.jobs.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads CloudFormation's YAML. Short forms become long ones: {@code !Ref A} is read as {@code {Ref:
 * A}}, {@code !Sub x} as {@code {"Fn::Sub": x}}.
 */
final class CloudFormationYaml {
  private static final List<String> SHORT_FORMS =
      List.of(
          "And",
          "Base64",
          "Cidr",
          "Equals",
          "FindInMap",
          "GetAZs",
          "GetAtt",
          "If",
          "ImportValue",
          "Join",
          "Length",
          "Not",
          "Or",
          "Select",
          "Split",
          "Sub",
          "ToJsonString",
          "Transform");

  private CloudFormationYaml() {}

  /** The file's content as maps, lists and scalars. */
  static @Nullable Object read(Path file) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setSchema(new CoreSchema()).build();
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Load(settings, new Constructor(settings)).loadFromReader(reader);
    } catch (IOException e) {
      throw new TemplateException(file + ": cannot be read: " + e, e);
    } catch (YamlEngineException e) {
      throw new TemplateException(file + ": is not a YAML template: " + e.getMessage(), e);
    }
  }

  private static final class Constructor extends StandardConstructor {
    Constructor(LoadSettings settings) {
      super(settings);
      SHORT_FORMS.forEach(name -> add(name, "Fn::" + name));
      add("Ref", "Ref");
      add("Condition", "Condition");
    }

    private void add(String shortForm, String longForm) {
      ConstructNode toLongForm = node -> Map.of(longForm, argument(node));
      tagConstructors.put(new Tag("!" + shortForm), toLongForm);
    }

    private Object argument(@Nullable Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        case null, default -> throw new YamlEngineException("no value stands after a short form");
      };
    }
  }
}
