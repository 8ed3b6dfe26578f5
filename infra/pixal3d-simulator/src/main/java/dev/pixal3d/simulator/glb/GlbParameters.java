package dev.pixal3d.simulator.glb;

/**
 * What of a request shapes the model (Pixal3D page, "Request Parameters").
 *
 * @param resolution 1024 or 1536; the longer side of the mesh has at most a quarter of it in cells
 * @param meshScale what all positions are multiplied with; at 1 the longer side of the picture is
 *     one unit long; {@value #MIN_MESH_SCALE} to {@value #MAX_MESH_SCALE}, so that positions stay
 *     good 32-bit floats
 * @param decimationTarget the most vertices that the mesh may have, at least 1; the four corners of
 *     the picture are never given up
 * @param textureSize the most pixels that the longer side of the texture may have, at least 1; a
 *     smaller picture is not enlarged
 */
public record GlbParameters(
    int resolution, double meshScale, int decimationTarget, int textureSize) {
  public static final double MIN_MESH_SCALE = 1e-6;
  public static final double MAX_MESH_SCALE = 1e6;

  /** The page's defaults. */
  public static final GlbParameters DEFAULTS = new GlbParameters(1024, 1, 200_000, 2048);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public GlbParameters {
    if (resolution != 1024 && resolution != 1536) {
      throw new IllegalArgumentException("resolution must be 1024 or 1536, not " + resolution);
    }
    if (!(meshScale >= MIN_MESH_SCALE && meshScale <= MAX_MESH_SCALE)) {
      throw new IllegalArgumentException(
          "mesh_scale must be from 0.000001 to 1000000, not " + meshScale);
    }
    if (decimationTarget < 1) {
      throw new IllegalArgumentException(
          "decimation_target must be at least 1, not " + decimationTarget);
    }
    if (textureSize < 1) {
      throw new IllegalArgumentException("texture_size must be at least 1, not " + textureSize);
    }
  }
}
