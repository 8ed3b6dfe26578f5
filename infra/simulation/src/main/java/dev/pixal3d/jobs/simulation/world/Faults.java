package dev.pixal3d.jobs.simulation.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Decides what goes wrong, until the faults end. */
public final class Faults {
  /**
   * How likely it is that a seed does without a fault at all: some combinations show only where
   * another one is not in the way (Groce and others, "Swarm Testing", ISSTA 2012).
   */
  private static final double LEFT_OUT = 0.2;

  private final Agenda agenda;
  private final FaultLevel level;
  private final long endMillis;
  private final Predicate<Strike> allowed;
  private final Consumer<Strike> listener;
  private final Set<Fault> leftOut = EnumSet.noneOf(Fault.class);
  private final Map<Fault, RandomGenerator> streams = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> opportunities = new EnumMap<>(Fault.class);
  private final List<Strike> struck = new ArrayList<>();

  /**
   * @param endMillis when nothing goes wrong any more
   * @param allowed which of the faults that are drawn come about
   * @param listener told of each
   */
  public Faults(
      Agenda agenda,
      Chance chance,
      FaultLevel level,
      long endMillis,
      Predicate<Strike> allowed,
      Consumer<Strike> listener) {
    this.agenda = agenda;
    this.level = level;
    this.endMillis = endMillis;
    this.allowed = allowed;
    this.listener = listener;
    for (Fault fault : Fault.values()) {
      RandomGenerator stream = chance.of("fault " + fault);
      streams.put(fault, stream);
      if (stream.nextDouble() < LEFT_OUT) {
        leftOut.add(fault);
      }
    }
  }

  /** Whether this goes wrong now. */
  public boolean strikes(Fault fault) {
    if (agenda.now() >= endMillis || leftOut.contains(fault)) {
      return false;
    }
    int opportunity = opportunities.merge(fault, 1, Integer::sum) - 1;
    if (of(fault).nextDouble() >= fault.probability() * level.factor()) {
      return false;
    }
    var strike = new Strike(fault, opportunity);
    if (!allowed.test(strike)) {
      return false;
    }
    struck.add(strike);
    listener.accept(strike);
    return true;
  }

  /** How long a fault lasts: more than nothing, and not past the end of the faults. */
  public long lasts(Fault fault, long longestMillis) {
    long drawn = 1 + of(fault).nextLong(longestMillis);
    return Math.max(1, Math.min(drawn, endMillis - agenda.now()));
  }

  /** The stream of a fault, for what is particular about it. */
  public RandomGenerator of(Fault fault) {
    return Objects.requireNonNull(streams.get(fault));
  }

  /** When nothing goes wrong any more, in milliseconds since 1970. */
  public long endMillis() {
    return endMillis;
  }

  /** Whether this has gone wrong so far. */
  public boolean hasStruck(Fault fault) {
    return struck.stream().anyMatch(strike -> strike.fault() == fault);
  }

  /** What went wrong, in the order in which it did. */
  public List<Strike> struck() {
    return List.copyOf(struck);
  }
}
