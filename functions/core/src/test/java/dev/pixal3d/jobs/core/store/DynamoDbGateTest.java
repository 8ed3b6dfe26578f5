package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.gate.Gate;
import dev.pixal3d.jobs.core.gate.GateKeeperContract;
import dev.pixal3d.jobs.core.gate.GateStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbGateTest extends GateKeeperContract {
  private static final Instant NOW = Instant.parse("2026-05-22T13:17:32.110Z");

  /** What the first release knows; it fails on any other. */
  private static final List<String> REASONS_OF_BEFORE =
      List.of("INSUFFICIENT_BALANCE", "UNAUTHORIZED", "THROTTLED", "UNAVAILABLE", "UNREACHABLE");

  private final GateStore store =
      new DynamoDbGateStore(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());

  @BeforeEach
  void begin_with_an_open_gate() {
    store.load().ifPresent(store::open);
  }

  /** Old and new code run side by side during a canary, on one gate. */
  @Test
  void a_closure_by_hand_keeps_the_code_of_before_closed_too() {
    for (Gate closed : List.of(Gate.paused("why", NOW), Gate.restoring("why", NOW))) {
      store.save(store.load().orElse(null), closed);

      Map<String, AttributeValue> item = SharedAws.item("gate#dispatch");
      assertThat(text(item, "reason")).isIn(REASONS_OF_BEFORE);
      assertThat(number(item, "until")).isAfter(NOW.plus(9_999, ChronoUnit.DAYS));
      assertThat(item.getOrDefault("probing", AttributeValue.fromBool(true)).bool()).isFalse();
      assertThat(store.load().orElseThrow().reason()).isEqualTo(closed.reason());
    }
  }

  @Test
  void a_closure_for_a_reason_that_is_not_known_stays_closed() {
    for (String attribute : List.of("reason", "by_hand")) {
      store.save(store.load().orElse(null), Gate.paused(null, NOW));
      var item = new HashMap<>(SharedAws.item("gate#dispatch"));
      item.put(attribute, AttributeValue.fromS("OF_A_LATER_RELEASE"));
      SharedAws.aws()
          .dynamoDb()
          .putItem(put -> put.tableName(SharedAws.aws().tableName()).item(item));

      assertThat(store.load())
          .hasValueSatisfying(gate -> {
            assertThat(gate.isClosedByHand()).isTrue();
            assertThat(gate.isClosed(NOW)).isTrue();
          });
    }
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return item.getOrDefault(name, AttributeValue.fromS("")).s();
  }

  private static Instant number(Map<String, AttributeValue> item, String name) {
    return Instant.ofEpochMilli(
        Long.parseLong(item.getOrDefault(name, AttributeValue.fromN("0")).n()));
  }

  @Override
  protected GateStore store() {
    return store;
  }
}
