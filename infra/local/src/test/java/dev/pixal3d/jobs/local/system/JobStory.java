package dev.pixal3d.jobs.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that was seen of a job from outside once everything was over, held to what is promised.
 *
 * @param telling how its client was to be told
 * @param reads what its client was answered about it, oldest first
 * @param told what its client's server was told about it, oldest first
 * @param upstream the jobs that Pixal3D was given for it
 */
record JobStory(
    String requestId,
    Telling telling,
    List<JsonNode> reads,
    List<Told> told,
    List<Simulator.Job> upstream) {

  /** How a client wants to be told. */
  enum Telling {
    NOT_AT_ALL,
    TERMINAL,
    SYNC
  }

  /**
   * A webhook as it came.
   *
   * @param answer the HTTP status that it was answered with
   */
  record Told(Receiver.Delivery delivery, int answer) {
    boolean isTaken() {
      return answer >= 200 && answer <= 299;
    }

    boolean isTerminal() {
      return Client.isTerminal(delivery.json());
    }
  }

  /**
   * The promises that were not kept, in words; empty if all were.
   *
   * @param kills when the system was killed, by {@link System#nanoTime}
   */
  List<String> brokenPromises(List<Long> kills) {
    var broken = new ArrayList<String>();
    if (reads.isEmpty() || !Client.isTerminal(reads.getLast())) {
      broken.add("it did not end; at Pixal3D: " + upstream);
    } else {
      checkReads(broken);
      checkCharges(broken);
      checkWebhooks(broken, kills);
    }
    return broken.stream().map(words -> requestId + ": " + words).toList();
  }

  /** The last status that was read; empty if none was. */
  String end() {
    return reads.isEmpty() ? "" : status(reads.getLast());
  }

  private void checkReads(List<String> broken) {
    for (int i = 1; i < reads.size(); i++) {
      JsonNode before = reads.get(i - 1);
      JsonNode after = reads.get(i);
      if (progress(after) < progress(before)) {
        broken.add("its status moved back: %s, then %s".formatted(before, after));
      }
      if (Client.isTerminal(before) && !after.equals(before)) {
        broken.add("it changed after its end: %s, then %s".formatted(before, after));
      }
    }
  }

  private static int progress(JsonNode read) {
    return switch (status(read)) {
      case "QUEUED" -> 0;
      case "PROCESSING" -> 1;
      default -> 2;
    };
  }

  private void checkCharges(List<String> broken) {
    String end = end();
    String error = reads.getLast().path("error").asText();
    boolean givenUp = error.startsWith("Outcome unknown") || error.startsWith("Timed out");
    boolean charged = upstream.stream().anyMatch(Simulator.Job::charged);
    if (upstream.size() > 1) {
      broken.add("Pixal3D was given it more than once: " + upstream);
    } else if (charged && (end.equals("ERROR") || end.equals("CANCELLED"))) {
      broken.add("it ended %s, but was charged: %s".formatted(end, upstream));
    } else if (end.equals("COMPLETED") && upstream.isEmpty()) {
      broken.add("it is COMPLETED, but Pixal3D never got it");
    } else if (!givenUp && upstream.stream().anyMatch(job -> !job.status().equals(end))) {
      broken.add("it ended %s, but at Pixal3D: %s".formatted(reads.getLast(), upstream));
    }
  }

  private void checkWebhooks(List<String> broken, List<Long> kills) {
    List<Told> terminal = told.stream().filter(Told::isTerminal).toList();
    List<Told> progress = told.stream().filter(one -> !one.isTerminal()).toList();
    if (telling == Telling.NOT_AT_ALL && !told.isEmpty()) {
      broken.add("nobody wanted to be told: " + told);
    }
    if (telling != Telling.NOT_AT_ALL && terminal.stream().noneMatch(Told::isTaken)) {
      broken.add("its client was not told of its end: " + told);
    }
    if (telling == Telling.TERMINAL && !progress.isEmpty()) {
      broken.add("its client wanted to be told of the end only: " + progress);
    }
    if (!progress.isEmpty() && told.indexOf(progress.getLast()) >= progress.size()) {
      broken.add("its client was told of progress after its end: " + told);
    }
    if (terminal.stream().map(one -> one.delivery().id()).distinct().count() > 1) {
      broken.add("its end was told under more than one id: " + terminal);
    }
    Set<String> ids = new HashSet<>();
    if (!progress.stream().allMatch(one -> ids.add(one.delivery().id()))) {
      broken.add("a report was told twice: " + progress);
    }
    for (Told one : terminal) {
      if (!one.delivery().json().equals(reads.getLast())) {
        broken.add("its client was told %s, and read %s".formatted(one, reads.getLast()));
      }
    }
    for (int i = 1; i < terminal.size(); i++) {
      if (terminal.get(i - 1).isTaken()
          && !anyBetween(terminal.get(i - 1).delivery(), terminal.get(i).delivery(), kills)) {
        broken.add("told again although it was taken and no kill came between: " + terminal);
      }
    }
  }

  private static boolean anyBetween(
      Receiver.Delivery first, Receiver.Delivery second, List<Long> kills) {
    return kills.stream()
        .anyMatch(kill -> kill - first.nanoTime() > 0 && second.nanoTime() - kill > 0);
  }

  private static String status(JsonNode read) {
    return read.path("status").asText();
  }
}
