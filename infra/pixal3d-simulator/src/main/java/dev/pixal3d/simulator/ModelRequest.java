package dev.pixal3d.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.simulator.glb.GlbParameters;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generate request, checked (Pixal3D page, "Request Parameters"). Of the parameters only the
 * image and those that shape the GLB are used; the others are checked for their type. Unknown
 * members are ignored.
 */
record ModelRequest(URI imageUrl, GlbParameters parameters) {
  private enum Kind {
    INTEGER("an integer"),
    NUMBER("a number"),
    BOOLEAN("true or false");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    boolean matches(JsonNode value) {
      return switch (this) {
        case INTEGER -> value.isIntegralNumber();
        case NUMBER -> value.isNumber();
        case BOOLEAN -> value.isBoolean();
      };
    }
  }

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("seed", Kind.INTEGER),
          Map.entry("resolution", Kind.INTEGER),
          Map.entry("ss_guidance_strength", Kind.NUMBER),
          Map.entry("ss_guidance_rescale", Kind.NUMBER),
          Map.entry("ss_sampling_steps", Kind.INTEGER),
          Map.entry("ss_rescale_t", Kind.NUMBER),
          Map.entry("shape_slat_guidance_strength", Kind.NUMBER),
          Map.entry("shape_slat_guidance_rescale", Kind.NUMBER),
          Map.entry("shape_slat_sampling_steps", Kind.INTEGER),
          Map.entry("shape_slat_rescale_t", Kind.NUMBER),
          Map.entry("tex_slat_guidance_strength", Kind.NUMBER),
          Map.entry("tex_slat_guidance_rescale", Kind.NUMBER),
          Map.entry("tex_slat_sampling_steps", Kind.INTEGER),
          Map.entry("tex_slat_rescale_t", Kind.NUMBER),
          Map.entry("mesh_scale", Kind.NUMBER),
          Map.entry("max_num_tokens", Kind.INTEGER),
          Map.entry("decimation_target", Kind.INTEGER),
          Map.entry("texture_size", Kind.INTEGER),
          Map.entry("remesh", Kind.BOOLEAN));

  private static final List<Integer> RESOLUTIONS = List.of(1024, 1536);
  private static final List<Integer> TEXTURE_SIZES = List.of(1024, 2048, 4096);

  /**
   * Reads a request.
   *
   * @throws BadRequestException if it breaks the page's table
   */
  static ModelRequest of(JsonNode request) throws BadRequestException {
    if (!request.isObject()) {
      throw new BadRequestException("The body must be a JSON object");
    }
    for (var parameter : KINDS.entrySet()) {
      JsonNode value = given(request, parameter.getKey());
      if (value != null && !parameter.getValue().matches(value)) {
        throw new BadRequestException(
            "%s must be %s".formatted(parameter.getKey(), parameter.getValue().description));
      }
    }
    GlbParameters defaults = GlbParameters.DEFAULTS;
    JsonNode scale = given(request, "mesh_scale");
    try {
      return new ModelRequest(
          imageUrlOf(request),
          new GlbParameters(
              choice(request, "resolution", RESOLUTIONS, defaults.resolution()),
              scale == null ? defaults.meshScale() : scale.doubleValue(),
              intOf(request, "decimation_target", defaults.decimationTarget()),
              choice(request, "texture_size", TEXTURE_SIZES, defaults.textureSize())));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
  }

  private static URI imageUrlOf(JsonNode request) throws BadRequestException {
    JsonNode value = given(request, "image_url");
    if (value == null) {
      throw new BadRequestException("image_url is required");
    }
    try {
      URI uri = new URI(value.isTextual() ? value.textValue() : "");
      if (Urls.isHttp(uri)) {
        return uri;
      }
      throw new BadRequestException("image_url must be an http or https URL");
    } catch (URISyntaxException e) {
      throw new BadRequestException("image_url must be an http or https URL", e);
    }
  }

  private static int choice(JsonNode request, String name, List<Integer> choices, int initial)
      throws BadRequestException {
    int value = intOf(request, name, initial);
    if (!choices.contains(value)) {
      throw new BadRequestException("%s must be one of %s, not %d".formatted(name, choices, value));
    }
    return value;
  }

  /** Beyond 32 bits a value stands for the nearest that fits. */
  private static int intOf(JsonNode request, String name, int initial) {
    JsonNode value = given(request, name);
    if (value == null) {
      return initial;
    }
    BigInteger number = value.bigIntegerValue();
    return number
        .max(BigInteger.valueOf(Integer.MIN_VALUE))
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }

  private static @Nullable JsonNode given(JsonNode request, String name) {
    JsonNode value = request.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
