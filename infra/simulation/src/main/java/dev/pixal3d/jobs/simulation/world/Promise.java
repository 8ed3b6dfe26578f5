package dev.pixal3d.jobs.simulation.world;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that will be there later, or never. */
public final class Promise<T> {
  private @Nullable T value;
  private Runnable listener = () -> {};

  /** Keeps it; the first one to do so counts. */
  public void keep(T kept) {
    if (value == null) {
      value = kept;
      listener.run();
    }
  }

  /** It, if it is there. */
  public Optional<T> value() {
    return Optional.ofNullable(value);
  }

  void whenKept(Runnable newListener) {
    listener = newListener;
  }
}
