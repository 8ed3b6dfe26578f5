package dev.pixal3d.jobs.bench.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How large DynamoDB takes an item for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     DynamoDB item sizes and formats</a>
 */
final class ItemSize {
  private static final int OVERHEAD_OF_LIST = 3;

  private ItemSize() {}

  /** In bytes. */
  static int of(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(
            attribute -> attribute.getKey().getBytes(UTF_8).length + sizeOf(attribute.getValue()))
        .sum();
  }

  private static int sizeOf(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().getBytes(UTF_8).length;
      case B -> value.b().asByteArray().length;
      case N -> sizeOfNumber(value.n());
      case BOOL, NUL -> 1;
      case L ->
          OVERHEAD_OF_LIST + value.l().stream().mapToInt(element -> 1 + sizeOf(element)).sum();
      default -> throw new IllegalArgumentException("No attribute of ours: " + value);
    };
  }

  /** A byte for every two significant digits, one more, and one more for a sign. */
  private static int sizeOfNumber(String number) {
    String digits = number.replaceFirst("^-", "").replaceFirst("0+$", "");
    return (digits.length() + 1) / 2 + 1 + (number.startsWith("-") ? 1 : 0);
  }
}
