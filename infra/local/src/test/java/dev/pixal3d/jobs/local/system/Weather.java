package dev.pixal3d.jobs.local.system;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Pixal3D's moods: every moment it misbehaves in another way, or does not. */
final class Weather {
  private static final int LONGEST_MILLIS = 1500;

  private static final List<String> SUBMITS =
      List.of(
          "400",
          "500",
          "502",
          "503",
          "504",
          "hang",
          "drop-before-accept",
          "hang-after-accept",
          "drop-after-accept",
          "500-after-accept",
          "502-after-accept",
          "504-after-accept",
          "no-request-id",
          "not-json");

  private static final List<String> GATE_CLOSERS = List.of("401", "402", "403", "429");

  /** Seldom: a kill of the probe keeps the gate closed for a minute, and nothing else is tried. */
  private static final int MOODS_TO_A_GATE_CLOSER = 200;

  private static final List<String> CALLBACKS =
      List.of("ok", "ok", "lost", "doubled", "late", "out-of-order");
  private static final List<String> STATUSES =
      List.of("ok", "ok", "ok", "404", "500", "hang", "not-json");
  private static final List<String> RESULTS = List.of("ok", "ok", "ok", "failed", "error");

  private final Simulator pixal3d;

  Weather(Simulator pixal3d) {
    this.pixal3d = pixal3d;
  }

  /** Changes until that is over; then it is fine. */
  void change(RandomGenerator random, CountDownLatch over) throws InterruptedException {
    do {
      pixal3d.set(
          "submit=" + submit(random),
          "submit-fault-fraction=" + (random.nextInt(3) == 0 ? "0" : upTo(1, random)),
          "retry-after-seconds=" + random.nextInt(2),
          "hang-seconds=" + upTo(3, random),
          "answer-delay-seconds=" + upTo(1, random),
          "queued-seconds=" + upTo(0.5, random),
          "processing-seconds=" + upTo(2, random),
          "poll-seconds=0.4",
          "callbacks=" + any(CALLBACKS, random),
          "callback-loss-fraction=" + upTo(0.5, random),
          "callback-delay-seconds=" + upTo(5, random),
          "status=" + any(STATUSES, random),
          "result=" + any(RESULTS, random));
    } while (!over.await(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS));
    pixal3d.set(
        "submit-fault-fraction=0",
        "answer-delay-seconds=0",
        "processing-seconds=0.2",
        "callbacks=ok",
        "callback-loss-fraction=0",
        "status=ok",
        "result=ok");
  }

  private static String submit(RandomGenerator random) {
    return any(random.nextInt(MOODS_TO_A_GATE_CLOSER) == 0 ? GATE_CLOSERS : SUBMITS, random);
  }

  private static String any(List<String> moods, RandomGenerator random) {
    return moods.get(random.nextInt(moods.size()));
  }

  private static String upTo(double bound, RandomGenerator random) {
    return String.format(Locale.ROOT, "%.2f", random.nextDouble(bound));
  }
}
