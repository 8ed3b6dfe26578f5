package dev.pixal3d.jobs.simulation.world;

import java.time.Duration;
import java.util.function.Supplier;

/** Where everything in a run takes place. */
public final class World {
  private final Agenda agenda;
  private final Chance chance;
  private final Faults faults;
  private final Trace trace;
  private final long startMillis;
  private long steps;

  public World(Agenda agenda, Chance chance, Faults faults, Trace trace) {
    this.agenda = agenda;
    this.chance = chance;
    this.faults = faults;
    this.trace = trace;
    this.startMillis = agenda.now();
  }

  public Agenda agenda() {
    return agenda;
  }

  public Chance chance() {
    return chance;
  }

  public Faults faults() {
    return faults;
  }

  /** The time, in milliseconds since 1970. */
  public long now() {
    return agenda.now();
  }

  /** Tells of a step: who does what. */
  public void tell(String who, Supplier<String> what) {
    steps++;
    trace.add(() -> "%s  %-14s %s".formatted(clock(), who, what.get()));
  }

  /** How many steps there were so far. */
  public long steps() {
    return steps;
  }

  private String clock() {
    Duration elapsed = Duration.ofMillis(agenda.now() - startMillis);
    return "%3d:%02d:%02d.%03d"
        .formatted(
            elapsed.toHours(),
            elapsed.toMinutesPart(),
            elapsed.toSecondsPart(),
            elapsed.toMillisPart());
  }
}
