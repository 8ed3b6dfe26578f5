package dev.pixal3d.simulator.glb;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Pictures for tests. */
public final class Pictures {
  private Pictures() {}

  /** Opaque, dark on the left, bright on the right. */
  public static byte[] gradient(int width, int height, String format) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.BLACK, width, 0, Color.ORANGE));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return encoded(image, format);
  }

  /** A green disc; around it nothing. */
  public static byte[] disc(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(Color.GREEN);
    graphics.fillOval(0, 0, size, size);
    graphics.dispose();
    return encoded(image, "png");
  }

  /** Nothing but transparency. */
  public static byte[] nothing(int size) {
    return encoded(new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB), "png");
  }

  /** One of the files beside this class. */
  static byte[] resource(String name) throws IOException {
    try (InputStream file = Pictures.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("No writer for " + format);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
