package dev.pixal3d.jobs.core.api;

import static dev.pixal3d.jobs.core.api.ParameterType.bool;
import static dev.pixal3d.jobs.core.api.ParameterType.count;
import static dev.pixal3d.jobs.core.api.ParameterType.integer;
import static dev.pixal3d.jobs.core.api.ParameterType.oneOf;
import static dev.pixal3d.jobs.core.api.ParameterType.publicAddress;
import static dev.pixal3d.jobs.core.api.ParameterType.real;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters of a generate request, in the order of Pixal3D's page, "Request Parameters". Where
 * the page gives no range, a count is 1 to 2^31-1 and the seed takes every signed and unsigned
 * 64-bit integer. Defaults are upstream's: none is added here.
 */
enum Parameter {
  IMAGE_URL(Presence.REQUIRED, publicAddress()),
  SEED(Presence.OPTIONAL, integer("-9223372036854775808", "18446744073709551615")),
  RESOLUTION(Presence.OPTIONAL, oneOf(1024, 1536)),
  SS_GUIDANCE_STRENGTH(Presence.OPTIONAL, real()),
  SS_GUIDANCE_RESCALE(Presence.OPTIONAL, real()),
  SS_SAMPLING_STEPS(Presence.OPTIONAL, count()),
  SS_RESCALE_T(Presence.OPTIONAL, real()),
  SHAPE_SLAT_GUIDANCE_STRENGTH(Presence.OPTIONAL, real()),
  SHAPE_SLAT_GUIDANCE_RESCALE(Presence.OPTIONAL, real()),
  SHAPE_SLAT_SAMPLING_STEPS(Presence.OPTIONAL, count()),
  SHAPE_SLAT_RESCALE_T(Presence.OPTIONAL, real()),
  TEX_SLAT_GUIDANCE_STRENGTH(Presence.OPTIONAL, real()),
  TEX_SLAT_GUIDANCE_RESCALE(Presence.OPTIONAL, real()),
  TEX_SLAT_SAMPLING_STEPS(Presence.OPTIONAL, count()),
  TEX_SLAT_RESCALE_T(Presence.OPTIONAL, real()),
  MESH_SCALE(Presence.OPTIONAL, real()),
  MAX_NUM_TOKENS(Presence.OPTIONAL, count()),
  DECIMATION_TARGET(Presence.OPTIONAL, count()),
  TEXTURE_SIZE(Presence.OPTIONAL, oneOf(1024, 2048, 4096)),
  REMESH(Presence.OPTIONAL, bool());

  private enum Presence {
    REQUIRED,
    OPTIONAL
  }

  private static final Map<String, Parameter> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Parameter::jsonName, Function.identity()));
  private static final List<String> NAMES =
      Arrays.stream(values()).map(Parameter::jsonName).toList();
  private static final List<Parameter> IN_ORDER_OF_NAMES =
      Arrays.stream(values()).sorted(Comparator.comparing(Parameter::jsonName)).toList();

  private final String jsonName = name().toLowerCase(Locale.ROOT);
  private final Presence presence;

  @SuppressWarnings("ImmutableEnumChecker") // Every type is a record of unmodifiable parts.
  private final ParameterType type;

  Parameter(Presence presence, ParameterType type) {
    this.presence = presence;
    this.type = type;
  }

  /** The parameter of this very name, if there is one. */
  static Optional<Parameter> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All of them, in the order of their names. */
  static List<Parameter> byName() {
    return IN_ORDER_OF_NAMES;
  }

  /** What to tell somebody who sent a member that is no parameter; reads on from its name. */
  static String unknown(String name) {
    return "is not a parameter. "
        + Spelling.nearest(name, NAMES)
            .map("Did you mean '%s'?"::formatted)
            .orElseGet(() -> "The parameters are: " + String.join(", ", NAMES));
  }

  /** The name of the member in the request's JSON. */
  String jsonName() {
    return jsonName;
  }

  boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  ParameterType type() {
    return type;
  }
}
