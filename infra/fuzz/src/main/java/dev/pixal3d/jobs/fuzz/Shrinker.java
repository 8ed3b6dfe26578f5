package dev.pixal3d.jobs.fuzz;

import java.util.List;
import java.util.function.Predicate;

/** Makes an input shorter, part by part and piece by piece, while the same comes of it. */
final class Shrinker {
  private static final int MOST_TRIES = 5_000;

  private final Predicate<Input> failsTheSame;
  private int tries;

  private Shrinker(Predicate<Input> failsTheSame) {
    this.failsTheSame = failsTheSame;
  }

  /** The shortest input that was found. */
  static Input shrunk(Input input, Predicate<Input> failsTheSame) {
    return new Shrinker(failsTheSame).shrink(input);
  }

  private Input shrink(Input input) {
    Input shortest = input;
    for (String part : List.copyOf(input.parts().keySet())) {
      Input without = shortest.without(part);
      shortest = fails(without) ? without : shortened(shortest, part);
    }
    return shortest;
  }

  private Input shortened(Input input, String part) {
    Input shortest = input;
    for (int piece = length(input, part); piece > 0; piece /= 2) {
      for (int from = 0; from < length(shortest, part); ) {
        int at = from;
        int to = Math.min(at + piece, length(shortest, part));
        Input shorter = shortest.mapped(part, text -> text.substring(0, at) + text.substring(to));
        if (fails(shorter)) {
          shortest = shorter;
        } else {
          from += piece;
        }
      }
    }
    return shortest;
  }

  private static int length(Input input, String part) {
    return input.part(part).orElse("").length();
  }

  private boolean fails(Input input) {
    return ++tries <= MOST_TRIES && failsTheSame.test(input);
  }
}
