package dev.pixal3d.jobs.core.api;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant. */
final class Spelling {
  /** A longer word is no slip of the pen, and comparing it would cost time. */
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /**
   * The known name nearest to the word, if one is near: of four letters at most one may be missing,
   * wrong or too many. Case, underscores and hyphens do not count.
   */
  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String letters = letters(word);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      String nameLetters = letters(name);
      int distance = distance(letters, nameLetters);
      if (distance < least && distance <= nameLetters.length() / 4) {
        least = distance;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** The Levenshtein distance: how many letters to insert, drop or change. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] spent = previous;
      previous = current;
      current = spent;
    }
    return previous[to.length()];
  }
}
