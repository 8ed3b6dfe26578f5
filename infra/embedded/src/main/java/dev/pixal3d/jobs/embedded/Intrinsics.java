package dev.pixal3d.jobs.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CloudFormation's intrinsic functions (user guide, "Intrinsic function reference"), as far as they
 * can be evaluated without an account.
 *
 * @param parameters the parameters' values
 * @param conditions the template's {@code Conditions}
 * @param ids the values of its resources
 */
record Intrinsics(Map<String, String> parameters, Map<?, ?> conditions, PhysicalIds ids) {
  /** What {@code AWS::NoValue} stands for: the property is not there. */
  record NoValue() {}

  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";

  private static final Map<String, Object> PSEUDO_PARAMETERS =
      Map.of(
          "AWS::AccountId",
          ACCOUNT,
          "AWS::NoValue",
          new NoValue(),
          "AWS::Partition",
          "aws",
          "AWS::Region",
          REGION,
          "AWS::StackName",
          "pixal3d-jobs",
          "AWS::URLSuffix",
          "amazonaws.com");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** What stands at a place: an intrinsic function's result, or the value itself. */
  @Nullable Object resolve(Section section) {
    if (!(section.raw() instanceof Map<?, ?> map) || map.size() != 1) {
      return section.raw();
    }
    String name = String.valueOf(map.keySet().iterator().next());
    Section argument = section.at("." + name, map.get(name));
    return switch (name) {
      case "Ref" -> valueOf(argument.text(), section);
      case "Fn::GetAtt" -> attribute(argument);
      case "Fn::Sub" -> substitute(argument);
      case "Fn::Join" -> join(argument);
      case "Fn::Split" ->
          List.of(item(argument, 1).text().split(Pattern.quote(item(argument, 0).text()), -1));
      case "Fn::Select" -> select(argument);
      case "Fn::If" -> choose(argument);
      case "Fn::Equals" -> item(argument, 0).text().equals(item(argument, 1).text());
      case "Fn::Not" -> !item(argument, 0).flag();
      case "Fn::And" -> argument.items().stream().allMatch(Section::flag);
      case "Fn::Or" -> argument.items().stream().anyMatch(Section::flag);
      case "Condition" -> argument.raw() instanceof String ? holds(argument) : map;
      default -> {
        if (name.startsWith("Fn::")) {
          throw section.wrong(name + " is not understood");
        }
        yield map;
      }
    };
  }

  /** Whether a mapping is a call of an intrinsic function. */
  static boolean isCall(Map<?, ?> map) {
    return map.size() == 1
        && (map.containsKey("Ref")
            || map.keySet().stream().anyMatch(key -> String.valueOf(key).startsWith("Fn::")));
  }

  private Object valueOf(String name, Section section) {
    return find(name)
        .orElseThrow(() ->
            section.wrong(
                name
                    + " has no value; if it is a parameter, give it one; if it is a resource"
                    + " that is not brought up here, give it one with PhysicalIds.with"));
  }

  private Optional<Object> find(String name) {
    return Optional.ofNullable(PSEUDO_PARAMETERS.get(name))
        .or(() -> Optional.ofNullable(parameters.get(name)))
        .or(() -> Optional.ofNullable(ids.values().get(name)));
  }

  private Object attribute(Section argument) {
    String name =
        argument.raw() instanceof String text
            ? text
            : argument.items().stream().map(Section::text).collect(Collectors.joining("."));
    return valueOf(name, argument);
  }

  private String substitute(Section argument) {
    boolean hasVariables = argument.raw() instanceof List<?>;
    Section text = hasVariables ? item(argument, 0) : argument;
    Map<String, Section> variables = hasVariables ? item(argument, 1).members() : Map.of();
    return PLACEHOLDER
        .matcher(text.text())
        .replaceAll(match ->
            Matcher.quoteReplacement(replacement(match.group(1), match.group(2), variables, text)));
  }

  private String replacement(
      String literal, String name, Map<String, Section> variables, Section text) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    Section variable = variables.get(name.strip());
    return variable != null ? variable.text() : String.valueOf(valueOf(name.strip(), text));
  }

  private String join(Section argument) {
    return item(argument, 1).items().stream()
        .map(Section::text)
        .collect(Collectors.joining(item(argument, 0).text()));
  }

  private @Nullable Object select(Section argument) {
    List<Section> choices = item(argument, 1).items();
    int index = item(argument, 0).integer();
    if (index < 0 || index >= choices.size()) {
      throw argument.wrong("there is no item " + index + " among " + choices.size());
    }
    return resolve(choices.get(index));
  }

  private @Nullable Object choose(Section argument) {
    List<?> parts = argument.raw() instanceof List<?> list ? list : List.of();
    if (parts.size() != 3) {
      throw argument.wrong("a condition and two values are expected");
    }
    // Only the branch that is taken is looked at: the other one may have no value here.
    int taken = holds(argument.at("[0]", parts.get(0))) ? 1 : 2;
    return resolve(argument.at("[" + taken + "]", parts.get(taken)));
  }

  /** Whether the condition that a section names holds. */
  boolean holds(Section nameOfIt) {
    String name = nameOfIt.text();
    Object condition = conditions.get(name);
    if (condition == null) {
      throw nameOfIt.wrong("there is no condition " + name);
    }
    return nameOfIt.at(" (" + name + ")", condition).flag();
  }

  private static Section item(Section argument, int index) {
    List<Section> items = argument.items();
    if (index >= items.size()) {
      throw argument.wrong((index + 1) + " values are expected");
    }
    return items.get(index);
  }
}
