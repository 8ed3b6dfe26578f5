package dev.pixal3d.jobs.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of the template.
 *
 * @param name its name, in CamelCase
 * @param type {@code String}, {@code Number} and the like
 * @param defaultValue its value if none is given; null if one must be given
 * @param description what it means; empty if the template does not say
 */
public record Parameter(
    String name, String type, @Nullable String defaultValue, String description) {}
