package dev.pixal3d.jobs.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing that is made when it is first asked for, once. */
final class Lazy<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    T there = made;
    if (there == null) {
      there = maker.get();
      made = there;
    }
    return there;
  }
}
