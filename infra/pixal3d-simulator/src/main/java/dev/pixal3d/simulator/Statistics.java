package dev.pixal3d.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was counted since this process began. */
final class Statistics {
  private final AtomicLong submitsReceived = new AtomicLong();
  private final AtomicInteger submitsInFlight = new AtomicInteger();
  private final AtomicInteger submitsInFlightMax = new AtomicInteger();
  final AtomicLong statusPolls = new AtomicLong();
  final AtomicLong callbacksDelivered = new AtomicLong();
  final AtomicLong callbacksFailed = new AtomicLong();
  final AtomicLong callbacksLost = new AtomicLong();

  void submitBegins() {
    submitsReceived.incrementAndGet();
    submitsInFlightMax.accumulateAndGet(submitsInFlight.incrementAndGet(), Math::max);
  }

  void submitEnds() {
    submitsInFlight.decrementAndGet();
  }

  Map<String, Number> values() {
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("submits_received", submitsReceived);
    values.put("submits_in_flight", submitsInFlight);
    values.put("submits_in_flight_max", submitsInFlightMax);
    values.put("status_polls", statusPolls);
    values.put("callbacks_delivered", callbacksDelivered);
    values.put("callbacks_failed", callbacksFailed);
    values.put("callbacks_lost", callbacksLost);
    return values;
  }
}
