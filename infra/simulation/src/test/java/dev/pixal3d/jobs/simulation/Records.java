package dev.pixal3d.jobs.simulation;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies of records with one component changed. */
final class Records {
  private Records() {}

  @SuppressWarnings("unchecked")
  static <R extends Record> R with(R original, String component, @Nullable Object value) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new @Nullable Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        boolean changed = components[i].getName().equals(component);
        found |= changed;
        values[i] = changed ? value : components[i].getAccessor().invoke(original);
      }
      if (!found) {
        throw new IllegalArgumentException("No component " + component);
      }
      return (R) original.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
