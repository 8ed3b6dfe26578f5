package dev.pixal3d.jobs.simulation.aws;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * DynamoDB's expressions, those that the functions use; any other is refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     Condition and filter expressions</a>
 */
final class Expressions {
  private static final Pattern ABSENT = Pattern.compile("attribute_not_exists\\((#?\\w+)\\)");
  private static final Pattern COMPARISON = Pattern.compile("(#?\\w+) (=|<=) (:\\w+)");

  private Expressions() {}

  static boolean holds(
      String condition,
      Map<String, AttributeValue> item,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    for (String alternative : condition.split(" OR ", -1)) {
      if (oneHolds(alternative, item, names, values)) {
        return true;
      }
    }
    return false;
  }

  private static boolean oneHolds(
      String condition,
      Map<String, AttributeValue> item,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    Matcher absent = ABSENT.matcher(condition);
    if (absent.matches()) {
      return !item.containsKey(name(absent.group(1), names));
    }
    Matcher comparison = COMPARISON.matcher(condition);
    if (!comparison.matches()) {
      throw new IllegalArgumentException("Not understood: " + condition);
    }
    AttributeValue actual = item.get(name(comparison.group(1), names));
    AttributeValue wanted = values.get(comparison.group(3));
    if (actual == null || wanted == null) {
      return false;
    }
    return comparison.group(2).equals("=")
        ? actual.equals(wanted)
        : new BigDecimal(actual.n()).compareTo(new BigDecimal(wanted.n())) <= 0;
  }

  /** {@code SET #a = :a, #b = :b REMOVE #c, #d}, either part of which may be missing. */
  static Map<String, AttributeValue> update(
      Map<String, AttributeValue> before, UpdateItemRequest request) {
    var item = new HashMap<>(before);
    item.putAll(request.key());
    String[] parts = request.updateExpression().split(" ?REMOVE ", -1);
    if (parts[0].startsWith("SET ")) {
      for (String assignment : parts[0].substring("SET ".length()).split(", ", -1)) {
        String[] sides = assignment.split(" = ", -1);
        AttributeValue value = request.expressionAttributeValues().get(sides[1]);
        item.put(name(sides[0], request.expressionAttributeNames()), value);
      }
    } else if (!parts[0].isEmpty()) {
      throw new IllegalArgumentException("Not understood: " + request.updateExpression());
    }
    if (parts.length == 2) {
      for (String removed : parts[1].split(", ", -1)) {
        item.remove(name(removed, request.expressionAttributeNames()));
      }
    }
    return item;
  }

  private static String name(String text, Map<String, String> names) {
    return text.startsWith("#") ? names.getOrDefault(text, text) : text;
  }
}
