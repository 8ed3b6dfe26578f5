package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.api.SubmitRequestReader.Invalid;
import dev.pixal3d.jobs.core.api.SubmitRequestReader.Result;
import dev.pixal3d.jobs.core.api.SubmitRequestReader.Valid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short words for reading submits in tests. */
final class Submits {
  static final String IMAGE = "\"image_url\":\"https://example.com/dog.png\"";
  static final String SMALLEST = "{" + IMAGE + "}";

  /** The page's own example ("Example Request"). */
  static final String EXAMPLE =
      """
      {
        "image_url": "https://example.com/example_inputs/dog.png",
        "resolution": 1024,
        "ss_guidance_strength": 7.5,
        "ss_guidance_rescale": 0.7,
        "ss_sampling_steps": 12,
        "ss_rescale_t": 5,
        "shape_slat_guidance_strength": 7.5,
        "shape_slat_guidance_rescale": 0.5,
        "shape_slat_sampling_steps": 12,
        "shape_slat_rescale_t": 3,
        "tex_slat_guidance_strength": 1,
        "tex_slat_sampling_steps": 12,
        "tex_slat_rescale_t": 3,
        "mesh_scale": 1,
        "max_num_tokens": 49152,
        "decimation_target": 200000,
        "texture_size": 2048,
        "remesh": true
      }
      """;

  private static final SubmitRequestReader READER = new SubmitRequestReader(false);

  private Submits() {}

  /** A body with an image and one more member. */
  static String bodyWith(String name, String literal) {
    return "{%s,\"%s\":%s}".formatted(IMAGE, name, literal);
  }

  static Result read(String body) {
    return read(body, Map.of());
  }

  /** Reads a body that is sent as JSON, with these headers besides. */
  static Result read(String body, Map<String, String> headers) {
    return read(READER, body.getBytes(UTF_8), headers);
  }

  static Result read(byte[] body) {
    return read(READER, body, Map.of());
  }

  static Result read(SubmitRequestReader reader, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("Content-Type", "application/json");
    return reader.read(Headers.of(all), body);
  }

  static SubmitRequest valid(Result result) {
    assertThat(result).isInstanceOf(Valid.class);
    return ((Valid) result).submit();
  }

  static List<Fault> faults(Result result) {
    assertThat(result).isInstanceOf(Invalid.class);
    return ((Invalid) result).faults();
  }

  /** The one fault of a submit that has just one, as a sentence. */
  static String onlyFault(Result result) {
    assertThat(faults(result)).hasSize(1);
    return faults(result).getFirst().sentence();
  }
}
