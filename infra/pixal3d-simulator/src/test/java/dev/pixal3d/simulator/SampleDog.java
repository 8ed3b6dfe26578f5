package dev.pixal3d.simulator;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Draws the sample image of the local stack, a dog of ellipsoids on nothing. What is near is
 * bright, so that the simulator's relief comes out like the dog.
 *
 * <p>To draw it anew, run {@link #main} with the path of the file.
 */
final class SampleDog {
  private static final int SIZE = 448;
  private static final int SAMPLES_PER_SIDE = 4;
  private static final int RAYS = SAMPLES_PER_SIDE * SAMPLES_PER_SIDE;

  private static final Color FUR = new Color(236, 178, 104);
  private static final Color DARK_FUR = new Color(196, 124, 62);
  private static final Color CREAM = new Color(255, 238, 208);
  private static final Color COLLAR = new Color(214, 62, 56);
  private static final Color TAG = new Color(255, 214, 74);
  private static final Color BLACK = new Color(58, 42, 40);
  private static final Color WHITE = new Color(255, 255, 255);
  private static final Color TONGUE = new Color(244, 128, 136);

  /** x to the right and y down from -1 to 1, z towards the viewer. */
  private static final List<Ellipsoid> DOG =
      List.of(
          // Tail, body, belly.
          new Ellipsoid(0.50, 0.42, -0.30, 0.13, 0.30, 0.13, 38, DARK_FUR),
          new Ellipsoid(0, 0.42, -0.10, 0.44, 0.48, 0.36, 0, FUR),
          new Ellipsoid(0, 0.44, 0.06, 0.27, 0.36, 0.26, 0, CREAM),
          // Haunches, legs and paws.
          new Ellipsoid(-0.38, 0.66, 0.02, 0.20, 0.25, 0.24, 14, FUR),
          new Ellipsoid(0.38, 0.66, 0.02, 0.20, 0.25, 0.24, -14, FUR),
          new Ellipsoid(-0.44, 0.86, 0.20, 0.18, 0.095, 0.16, 0, CREAM),
          new Ellipsoid(0.44, 0.86, 0.20, 0.18, 0.095, 0.16, 0, CREAM),
          new Ellipsoid(-0.155, 0.60, 0.24, 0.105, 0.30, 0.12, 2, FUR),
          new Ellipsoid(0.155, 0.60, 0.24, 0.105, 0.30, 0.12, -2, FUR),
          new Ellipsoid(-0.16, 0.87, 0.33, 0.135, 0.09, 0.15, 0, CREAM),
          new Ellipsoid(0.16, 0.87, 0.33, 0.135, 0.09, 0.15, 0, CREAM),
          // Collar.
          new Ellipsoid(0, 0.08, 0.10, 0.33, 0.13, 0.30, 0, COLLAR),
          new Ellipsoid(0, 0.235, 0.40, 0.06, 0.065, 0.04, 0, TAG),
          // Head, ears, cheeks.
          new Ellipsoid(0, -0.33, 0.16, 0.46, 0.42, 0.40, 0, FUR),
          new Ellipsoid(-0.47, -0.30, 0.16, 0.14, 0.34, 0.13, 16, DARK_FUR),
          new Ellipsoid(0.47, -0.30, 0.16, 0.14, 0.34, 0.13, -16, DARK_FUR),
          new Ellipsoid(0, -0.50, 0.36, 0.085, 0.22, 0.20, 0, CREAM),
          new Ellipsoid(-0.12, -0.15, 0.50, 0.17, 0.15, 0.20, 0, CREAM),
          new Ellipsoid(0.12, -0.15, 0.50, 0.17, 0.15, 0.20, 0, CREAM),
          new Ellipsoid(0, -0.04, 0.46, 0.11, 0.11, 0.13, 0, TONGUE),
          // Nose and eyes, each with a spark.
          new Ellipsoid(0, -0.24, 0.68, 0.085, 0.062, 0.07, 0, BLACK),
          new Ellipsoid(-0.02, -0.262, 0.75, 0.026, 0.014, 0.02, 0, WHITE),
          new Ellipsoid(-0.19, -0.39, 0.48, 0.07, 0.085, 0.06, 0, BLACK),
          new Ellipsoid(0.19, -0.39, 0.48, 0.07, 0.085, 0.06, 0, BLACK),
          new Ellipsoid(-0.172, -0.418, 0.54, 0.024, 0.026, 0.02, 0, WHITE),
          new Ellipsoid(0.208, -0.418, 0.54, 0.024, 0.026, 0.02, 0, WHITE));

  private SampleDog() {}

  /**
   * Writes the PNG.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(file.getParent());
    ImageIO.write(draw(), "png", file.toFile());
  }

  static BufferedImage draw() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        image.setRGB(x, y, pixel(x, y));
      }
    }
    return image;
  }

  /** The mean of some rays; those that meet nothing count as transparent. */
  private static int pixel(int x, int y) {
    double red = 0;
    double green = 0;
    double blue = 0;
    int hits = 0;
    for (int i = 0; i < RAYS; i++) {
      double sampleX = x + (i % SAMPLES_PER_SIDE + 0.5) / SAMPLES_PER_SIDE;
      double sampleY = y + (Math.floorDiv(i, SAMPLES_PER_SIDE) + 0.5) / SAMPLES_PER_SIDE;
      Color colour = ray(2 * sampleX / SIZE - 1, 2 * sampleY / SIZE - 1);
      if (colour != null) {
        red += colour.getRed();
        green += colour.getGreen();
        blue += colour.getBlue();
        hits++;
      }
    }
    if (hits == 0) {
      return 0;
    }
    int alpha = 255 * hits / RAYS;
    return new Color(
            (int) Math.round(red / hits),
            (int) Math.round(green / hits),
            (int) Math.round(blue / hits),
            alpha)
        .getRGB();
  }

  private static @Nullable Color ray(double x, double y) {
    Ellipsoid nearest = null;
    double depth = Double.NEGATIVE_INFINITY;
    for (Ellipsoid ellipsoid : DOG) {
      double z = ellipsoid.depthAt(x, y);
      if (z > depth) {
        depth = z;
        nearest = ellipsoid;
      }
    }
    return nearest == null ? null : nearest.shaded(x, y, depth);
  }

  /**
   * One part of the dog.
   *
   * @param degrees clockwise about the axis to the viewer
   */
  private record Ellipsoid(
      double centreX,
      double centreY,
      double centreZ,
      double radiusX,
      double radiusY,
      double radiusZ,
      double degrees,
      Color colour) {
    private static final double AMBIENT = 0.42;
    private static final double FARTHEST = -0.45;
    private static final double NEAREST = 0.75;

    /** Where a ray from the viewer meets it, or negative infinity. */
    double depthAt(double x, double y) {
      double inside = 1 - square(along(x, y)) - square(across(x, y));
      return inside < 0 ? Double.NEGATIVE_INFINITY : centreZ + radiusZ * Math.sqrt(inside);
    }

    /** Lit from the viewer's left above; the nearer, the brighter. */
    Color shaded(double x, double y, double z) {
      double u = along(x, y) / radiusX;
      double v = across(x, y) / radiusY;
      double angle = Math.toRadians(degrees);
      double nx = u * StrictMath.cos(angle) - v * StrictMath.sin(angle);
      double ny = u * StrictMath.sin(angle) + v * StrictMath.cos(angle);
      double nz = (z - centreZ) / square(radiusZ);
      double lambert =
          Math.max(0, (-0.25 * nx - 0.35 * ny + 0.9 * nz)) / Math.sqrt(nx * nx + ny * ny + nz * nz);
      double nearness = Math.clamp((z - FARTHEST) / (NEAREST - FARTHEST), 0, 1);
      double light = Math.min(1, (AMBIENT + (1 - AMBIENT) * lambert) * (0.6 + 0.4 * nearness));
      return new Color(
          (int) (colour.getRed() * light),
          (int) (colour.getGreen() * light),
          (int) (colour.getBlue() * light));
    }

    private double along(double x, double y) {
      double angle = Math.toRadians(degrees);
      return ((x - centreX) * StrictMath.cos(angle) + (y - centreY) * StrictMath.sin(angle))
          / radiusX;
    }

    private double across(double x, double y) {
      double angle = Math.toRadians(degrees);
      return (-(x - centreX) * StrictMath.sin(angle) + (y - centreY) * StrictMath.cos(angle))
          / radiusY;
    }

    private static double square(double value) {
      return value * value;
    }
  }
}
