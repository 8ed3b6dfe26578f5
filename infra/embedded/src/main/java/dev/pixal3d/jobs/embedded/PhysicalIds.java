package dev.pixal3d.jobs.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * What {@code Ref} and {@code GetAtt} give for the resources of the template.
 *
 * @param values by the resource's logical id (what {@code Ref} gives), or by logical id, dot and
 *     attribute (what {@code GetAtt} gives)
 */
public record PhysicalIds(Map<String, String> values) {
  public PhysicalIds {
    values = Map.copyOf(values);
  }

  /** Nothing yet. */
  public static PhysicalIds none() {
    return new PhysicalIds(Map.of());
  }

  /**
   * These and one more; one of the same name is replaced.
   *
   * <p>So a resource that is not brought up here can be given a value: {@code
   * ids.with("CallbackSecret", "the secret itself")}.
   *
   * @param name a logical id, or logical id, dot and attribute
   */
  public PhysicalIds with(String name, String value) {
    return with(new PhysicalIds(Map.of(name, value)));
  }

  /** These and more; those of the same name are replaced. */
  public PhysicalIds with(PhysicalIds more) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more.values);
    return new PhysicalIds(all);
  }

  /** Values may be secrets: only their names are shown. */
  @Override
  public String toString() {
    return "PhysicalIds" + values.keySet();
  }
}
