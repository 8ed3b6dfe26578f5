package dev.pixal3d.jobs.bench.cost;

import dev.pixal3d.jobs.bench.meter.Metered;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What something takes of all that AWS bills by the request.
 *
 * @param writeUnits of the table and its indexes
 * @param readUnits of the table and its indexes
 * @param queueRequests to SQS, those of Lambda's pollers too
 * @param apiRequests to the HTTP API
 * @param invocations of functions
 * @param billedMillis of all invocations together, by the assumed latencies
 * @param gigabyteSeconds the same times the memory
 * @param logBytes ingested
 */
record Usage(
    double writeUnits,
    double readUnits,
    double queueRequests,
    double apiRequests,
    double invocations,
    double billedMillis,
    double gigabyteSeconds,
    double logBytes) {
  private static final int MEGABYTES_PER_GIGABYTE = 1024;
  private static final int MILLIS_PER_SECOND = 1000;

  static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * What was metered, summed up.
   *
   * @param memory of each function, in megabytes
   */
  static Usage of(List<Metered> metered, Map<String, Integer> memory, PriceList prices) {
    Usage sum = NONE;
    double millis = 0;
    for (int i = metered.size() - 1; i >= 0; i--) {
      Metered one = metered.get(i);
      millis += memory.containsKey(one.function()) ? waiting(one, prices) : 0;
      if (one instanceof Metered.Invocation(String function)) {
        int megabytes = Objects.requireNonNull(memory.get(function), function);
        double computing =
            prices.assumed("processorMillis")
                * Math.max(1, prices.assumed("fullProcessorMegabytes") / megabytes);
        sum = sum.plus(invocation(Math.ceil(computing + millis), megabytes, function, prices));
        millis = 0;
      } else {
        sum = sum.plus(request(one, prices));
      }
    }
    return sum;
  }

  private static Usage invocation(
      double billedMillis, int megabytes, String function, PriceList prices) {
    return new Usage(
        0,
        0,
        0,
        0,
        1,
        billedMillis,
        billedMillis / MILLIS_PER_SECOND * megabytes / MEGABYTES_PER_GIGABYTE,
        prices.assumed("logBytes." + function));
  }

  private static Usage request(Metered one, PriceList prices) {
    return switch (one) {
      case TableRequest request when request.writes() ->
          new Usage(request.units(), 0, 0, 0, 0, 0, 0, 0);
      case TableRequest request -> new Usage(0, request.units(), 0, 0, 0, 0, 0, 0);
      case Metered.QueueRequest _ -> new Usage(0, 0, 1, 0, 0, 0, 0, 0);
      case Metered.ApiRequest _ -> new Usage(0, 0, 0, 1, 0, 0, 0, prices.assumed("logBytes.api"));
      case Metered.OutsideRequest _, Metered.Invocation _ -> NONE;
    };
  }

  /** How long a function waits for what it asks for. */
  private static double waiting(Metered one, PriceList prices) {
    return switch (one) {
      case TableRequest request ->
          prices.assumed(request.writes() ? "tableWriteMillis" : "tableReadMillis");
      case Metered.QueueRequest _ -> prices.assumed("queueSendMillis");
      case Metered.OutsideRequest(var _, String to) ->
          prices.assumed(
              switch (to) {
                case "submit" -> "pixal3dSubmitMillis";
                case "status" -> "pixal3dStatusMillis";
                default -> "clientsWebhookMillis";
              });
      case Metered.ApiRequest _, Metered.Invocation _ -> 0;
    };
  }

  Usage plus(Usage more) {
    return new Usage(
        writeUnits + more.writeUnits,
        readUnits + more.readUnits,
        queueRequests + more.queueRequests,
        apiRequests + more.apiRequests,
        invocations + more.invocations,
        billedMillis + more.billedMillis,
        gigabyteSeconds + more.gigabyteSeconds,
        logBytes + more.logBytes);
  }

  Usage times(double factor) {
    return new Usage(
        writeUnits * factor,
        readUnits * factor,
        queueRequests * factor,
        apiRequests * factor,
        invocations * factor,
        billedMillis * factor,
        gigabyteSeconds * factor,
        logBytes * factor);
  }
}
