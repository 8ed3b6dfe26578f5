package dev.pixal3d.jobs.bench.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * US dollars for something, by what they are for.
 *
 * @param lines in the order in which they are shown
 */
record Bill(Map<String, Double> lines) {
  static final double MILLION = 1e6;
  static final double BYTES_PER_GIGABYTE = 1L << 30;

  Bill {
    lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  /** For what is billed by the request, a million times. */
  static Bill ofMillion(Usage usage, PriceList prices) {
    return of(usage.times(MILLION), prices);
  }

  /** For what is billed by the request. */
  static Bill of(Usage usage, PriceList prices) {
    var lines = new LinkedHashMap<String, Double>();
    lines.put(
        "dynamoDbUsd",
        usage.writeUnits() / MILLION * prices.usd("millionTableWriteUnits")
            + usage.readUnits() / MILLION * prices.usd("millionTableReadUnits"));
    lines.put("sqsUsd", usage.queueRequests() / MILLION * prices.usd("millionQueueRequests"));
    lines.put("apiUsd", usage.apiRequests() / MILLION * prices.usd("millionApiRequests"));
    lines.put(
        "lambdaUsd",
        usage.invocations() / MILLION * prices.usd("millionInvocations")
            + usage.gigabyteSeconds() * prices.usd("gigabyteSecond"));
    lines.put("logsUsd", usage.logBytes() / BYTES_PER_GIGABYTE * prices.usd("loggedGigabyte"));
    return new Bill(lines);
  }

  /** All of it. */
  double total() {
    return lines.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
