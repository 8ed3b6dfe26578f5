package dev.pixal3d.jobs.core.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a job and when. Bounded, so that the job's item stays small: a repeat of the
 * last entry is counted, not added, and past {@value #MAX_ENTRIES} entries the middle makes room,
 * so that the beginning and the latest remain.
 *
 * @param entries oldest first
 */
public record Timeline(List<Entry> entries) {
  /** How many entries are kept at the most. */
  public static final int MAX_ENTRIES = 40;

  /** Pixal3D is known to have taken the job. */
  public static final String ACCEPTED_BY_PIXAL3D = "accepted by Pixal3D";

  /** Pixal3D reported by itself; the detail is the status. */
  public static final String CALLED_BACK = "called back";

  private static final int FIRST_ENTRIES_KEPT = 10;
  private static final int MAX_DETAIL_LENGTH = 160;

  /** Nothing has happened yet. */
  public static final Timeline EMPTY = new Timeline(List.of());

  public Timeline {
    entries = List.copyOf(entries);
  }

  /**
   * One thing that happened, once or several times in a row.
   *
   * @param at when it first happened
   * @param what a few fixed words
   * @param detail what is particular, or empty; never anything secret
   * @param count how many times in a row, from 1
   * @param lastAt when it last happened
   */
  public record Entry(Instant at, String what, String detail, int count, Instant lastAt) {
    boolean says(String otherWhat, String otherDetail) {
      return what.equals(otherWhat) && detail.equals(otherDetail);
    }
  }

  /** Whether this is among what is kept of what happened. */
  public boolean tells(String what, String detail) {
    return entries.stream().anyMatch(entry -> entry.says(what, shortened(detail)));
  }

  /** When this happened, if that is kept; the last time, if it happened several times. */
  public Optional<Instant> lastTimeOf(String what) {
    return entries.reversed().stream()
        .filter(entry -> entry.what().equals(what))
        .map(Entry::lastAt)
        .findFirst();
  }

  /** Whether the last thing that happened is just this. */
  boolean endsWith(String what, String detail) {
    return !entries.isEmpty() && entries.getLast().says(what, shortened(detail));
  }

  /** This timeline and one more thing that happened. */
  public Timeline and(Instant at, String what, String detail) {
    String shortDetail = shortened(detail);
    var next = new ArrayList<>(entries);
    if (endsWith(what, detail)) {
      Entry last = next.removeLast();
      next.add(new Entry(last.at(), what, shortDetail, last.count() + 1, at));
    } else {
      if (next.size() == MAX_ENTRIES) {
        next.remove(FIRST_ENTRIES_KEPT);
      }
      next.add(new Entry(at, what, shortDetail, 1, at));
    }
    return new Timeline(next);
  }

  /** This timeline without what is particular. */
  Timeline withoutDetails() {
    return new Timeline(
        entries.stream()
            .map(entry -> new Entry(entry.at(), entry.what(), "", entry.count(), entry.lastAt()))
            .toList());
  }

  /** Never ends in half a surrogate pair, which UTF-8 cannot spell. */
  private static String shortened(String detail) {
    if (detail.length() <= MAX_DETAIL_LENGTH) {
      return detail;
    }
    int cut = MAX_DETAIL_LENGTH - 1;
    boolean splitsPair = Character.isHighSurrogate(detail.charAt(cut - 1));
    return detail.substring(0, splitsPair ? cut - 1 : cut) + "…";
  }
}
