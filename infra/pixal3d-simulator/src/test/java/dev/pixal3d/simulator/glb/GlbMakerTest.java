package dev.pixal3d.simulator.glb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model made out of a picture is like. */
final class GlbMakerTest {
  private static final byte[] GRADIENT = Pictures.gradient(200, 100, "png");

  @Test
  void names_the_simulator_as_its_generator() throws Exception {
    assertThat(glb(GRADIENT).json().at("/asset/generator").asText())
        .isEqualTo("Pixal3D simulator of pixal3d-jobs");
  }

  @Test
  void is_the_same_bytes_for_the_same_picture_and_parameters() throws Exception {
    assertThat(GlbMaker.make(GRADIENT, GlbParameters.DEFAULTS))
        .isEqualTo(GlbMaker.make(GRADIENT, GlbParameters.DEFAULTS));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 8, 23, 24, 25, 100, 1_000, 20_000, 200_000, Integer.MAX_VALUE})
  void never_has_more_vertices_than_the_decimation_target(int target) throws Exception {
    assertThat(glb(GRADIENT, withTarget(target)).vertices()).isLessThanOrEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 20_000})
  void comes_near_the_decimation_target(int target) throws Exception {
    assertThat(glb(GRADIENT, withTarget(target)).vertices()).isGreaterThan(target / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void keeps_the_four_corners_of_the_picture_however_low_the_target(int target) throws Exception {
    assertThat(glb(GRADIENT, withTarget(target)).vertices()).isEqualTo(4);
  }

  @Test
  void never_has_more_than_200_000_vertices() throws Exception {
    byte[] large = Pictures.gradient(1000, 1000, "png");

    Glb glb = glb(large, new GlbParameters(1536, 1, Integer.MAX_VALUE, 1024));

    assertThat(glb.vertices()).isBetween(150_000, 200_000);
  }

  @Test
  void has_a_finer_mesh_at_the_higher_resolution() throws Exception {
    byte[] large = Pictures.gradient(600, 300, "png");

    assertThat(glb(large, new GlbParameters(1536, 1, 200_000, 1024)).vertices())
        .isGreaterThan(glb(large, new GlbParameters(1024, 1, 200_000, 1024)).vertices());
  }

  @Test
  void is_as_long_as_the_mesh_scale_on_the_longer_side() throws Exception {
    assertThat(extent(glb(GRADIENT, withScale(1)), 0)).isCloseTo(1, within(1e-6));
    assertThat(extent(glb(GRADIENT, withScale(2.5)), 0)).isCloseTo(2.5, within(1e-6));
  }

  @Test
  void keeps_the_proportions_of_the_picture() throws Exception {
    assertThat(extent(glb(GRADIENT, withTarget(4)), 1)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void multiplies_every_position_with_the_mesh_scale() throws Exception {
    float[] once = glb(GRADIENT, withScale(1)).positions();
    float[] thrice = glb(GRADIENT, withScale(3)).positions();

    assertThat(
            IntStream.range(0, once.length).filter(i -> Math.abs(thrice[i] - 3 * once[i]) > 1e-6))
        .isEmpty();
  }

  @Test
  void is_thicker_where_the_picture_is_brighter() throws Exception {
    Glb glb = glb(GRADIENT);

    assertThat(depthAt(glb, 0.9)).isGreaterThan(depthAt(glb, 0.1) + 0.05);
  }

  @Test
  void shows_the_upper_left_of_the_picture_at_the_upper_left_of_the_model() throws Exception {
    Glb glb = glb(GRADIENT);
    float[] positions = glb.positions();
    float[] coordinates = glb.textureCoordinates();

    assertThat(
            IntStream.range(0, glb.vertices())
                .filter(i ->
                    Math.abs(positions[3 * i] - (coordinates[2 * i] - 0.5)) > 1e-5
                        || Math.abs(positions[3 * i + 1] - (0.5 - coordinates[2 * i + 1]) / 2)
                            > 1e-5))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 500, 200_000})
  void is_a_closed_solid_from_24_vertices_on(int target) throws Exception {
    for (byte[] picture : List.of(GRADIENT, Pictures.disc(90), Pictures.nothing(50))) {
      assertThat(openEdges(glb(picture, withTarget(target)))).isZero();
    }
  }

  @Test
  void has_its_triangles_counter_clockwise_and_its_normals_of_length_1_outward() throws Exception {
    for (byte[] picture : List.of(GRADIENT, Pictures.disc(90))) {
      Glb glb = glb(picture);

      assertThat(volume(glb)).isPositive();
      assertThat(trianglesAgainstTheirNormals(glb)).isZero();
      assertThat(lengthsOf(glb.normals())).allMatch(length -> Math.abs(length - 1) < 1e-5);
    }
  }

  @Test
  void leaves_out_what_is_transparent() throws Exception {
    Glb disc = glb(Pictures.disc(256));

    assertThat(cornersOf(disc)).isZero();
    assertThat(cornersOf(glb(Pictures.gradient(256, 256, "png")))).isPositive();
    assertThat(extent(disc, 0)).as("the disc reaches the sides").isGreaterThan(0.98);
  }

  @Test
  void takes_a_picture_whole_of_which_nothing_is_opaque() throws Exception {
    assertThat(extent(glb(Pictures.nothing(64)), 0)).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void is_made_of_any_usual_format(String format) throws Exception {
    assertThat(glb(Pictures.gradient(40, 30, format)).texture().getWidth()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy-with-alpha.webp"})
  void is_made_of_webp_too(String name) throws Exception {
    Glb glb = glb(Pictures.resource(name));

    assertThat(glb.texture().getWidth()).isEqualTo(48);
    assertThat(cornersOf(glb)).as("vertices at corners, which are transparent").isZero();
  }

  @Test
  void has_the_texture_scaled_down_to_the_texture_size() throws Exception {
    Glb glb = glb(Pictures.gradient(3000, 1500, "png"), new GlbParameters(1024, 1, 100, 1024));

    assertThat(glb.texture().getWidth()).isEqualTo(1024);
    assertThat(glb.texture().getHeight()).isEqualTo(512);
  }

  @Test
  void does_not_enlarge_a_picture_that_is_smaller_than_the_texture_size() throws Exception {
    assertThat(glb(GRADIENT, new GlbParameters(1024, 1, 100, 4096)).texture().getWidth())
        .isEqualTo(200);
  }

  @Test
  void has_the_colours_of_the_picture() throws Exception {
    int green = glb(Pictures.disc(64)).texture().getRGB(32, 32);

    assertThat(green >> 16 & 0xff).as("red").isLessThan(20);
    assertThat(green >> 8 & 0xff).as("green").isGreaterThan(235);
  }

  @Test
  void has_no_fringe_of_another_colour_around_what_is_cut_out() throws Exception {
    int outside = glb(Pictures.disc(64)).texture().getRGB(2, 2);

    assertThat(outside >> 8 & 0xff).as("green").isGreaterThan(200);
  }

  @Test
  void is_upright_when_the_camera_was_held_on_its_side() throws Exception {
    Glb glb = glb(Pictures.resource("turned-by-exif.jpg"));

    assertThat(glb.texture().getWidth()).isEqualTo(40);
    assertThat(glb.texture().getHeight()).isEqualTo(60);
  }

  @Test
  void is_made_of_a_picture_of_one_pixel() throws Exception {
    assertThat(glb(Pictures.gradient(1, 1, "png")).vertices()).isEqualTo(24);
  }

  @Test
  void is_made_of_a_picture_of_one_row() throws Exception {
    assertThat(extent(glb(Pictures.gradient(500, 1, "png")), 0)).isCloseTo(1, within(1e-6));
  }

  private static Glb glb(byte[] picture) throws Exception {
    return glb(picture, GlbParameters.DEFAULTS);
  }

  private static Glb glb(byte[] picture, GlbParameters parameters) throws Exception {
    return Glb.read(GlbMaker.make(picture, parameters));
  }

  private static GlbParameters withTarget(int target) {
    return new GlbParameters(1024, 1, target, 1024);
  }

  private static GlbParameters withScale(double scale) {
    return new GlbParameters(1024, scale, 500, 1024);
  }

  private static double extent(Glb glb, int axis) {
    float[] positions = glb.positions();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = axis; i < positions.length; i += 3) {
      least = Math.min(least, positions[i]);
      most = Math.max(most, positions[i]);
    }
    return most - least;
  }

  /** The depth of the front where the picture is that far from its left side. */
  private static double depthAt(Glb glb, double u) {
    float[] positions = glb.positions();
    float[] coordinates = glb.textureCoordinates();
    return IntStream.range(0, glb.vertices())
        .filter(i -> Math.abs(coordinates[2 * i] - u) < 0.02)
        .mapToDouble(i -> positions[3 * i + 2])
        .max()
        .orElseThrow();
  }

  private static long cornersOf(Glb glb) {
    float[] positions = glb.positions();
    return IntStream.range(0, glb.vertices())
        .filter(i -> Math.abs(positions[3 * i]) > 0.4 && Math.abs(positions[3 * i + 1]) > 0.4)
        .count();
  }

  /** Edges between two places that are not passed once in each direction. */
  private static long openEdges(Glb glb) {
    float[] positions = glb.positions();
    int[] indices = glb.indices();
    Map<List<Float>, Integer> places = new HashMap<>();
    int[] placeOf = new int[glb.vertices()];
    for (int i = 0; i < placeOf.length; i++) {
      placeOf[i] =
          places.computeIfAbsent(
              List.of(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]),
              _ -> places.size());
    }
    Map<Long, Integer> balance = new HashMap<>();
    for (int i = 0; i < indices.length; i++) {
      int from = placeOf[indices[i]];
      int to = placeOf[indices[i % 3 == 2 ? i - 2 : i + 1]];
      long edge = (long) Math.min(from, to) << 32 | Math.max(from, to);
      balance.merge(edge, from < to ? 1 : -1, Integer::sum);
    }
    return balance.values().stream().filter(sum -> sum != 0).count();
  }

  /** Positive only if the triangles are counter-clockwise seen from outside. */
  private static double volume(Glb glb) {
    float[] p = glb.positions();
    int[] indices = glb.indices();
    double volume = 0;
    for (int i = 0; i < indices.length; i += 3) {
      int a = 3 * indices[i];
      int b = 3 * indices[i + 1];
      int c = 3 * indices[i + 2];
      volume +=
          p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1])
              + p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2])
              + p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
    }
    return volume / 6;
  }

  private static long trianglesAgainstTheirNormals(Glb glb) {
    float[] p = glb.positions();
    float[] n = glb.normals();
    int[] indices = glb.indices();
    Set<Integer> against = new HashSet<>();
    for (int i = 0; i < indices.length; i += 3) {
      int a = 3 * indices[i];
      int b = 3 * indices[i + 1];
      int c = 3 * indices[i + 2];
      double[] u = {p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]};
      double[] v = {p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]};
      double dot =
          (u[1] * v[2] - u[2] * v[1]) * (n[a] + n[b] + n[c])
              + (u[2] * v[0] - u[0] * v[2]) * (n[a + 1] + n[b + 1] + n[c + 1])
              + (u[0] * v[1] - u[1] * v[0]) * (n[a + 2] + n[b + 2] + n[c + 2]);
      if (dot <= 0) {
        against.add(i);
      }
    }
    return against.size();
  }

  private static List<Double> lengthsOf(float[] vectors) {
    return IntStream.range(0, vectors.length / 3)
        .mapToObj(i ->
            Math.sqrt(
                vectors[3 * i] * vectors[3 * i]
                    + vectors[3 * i + 1] * vectors[3 * i + 1]
                    + vectors[3 * i + 2] * vectors[3 * i + 2]))
        .toList();
  }
}
