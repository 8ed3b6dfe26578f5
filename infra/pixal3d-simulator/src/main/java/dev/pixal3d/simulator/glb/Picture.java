package dev.pixal3d.simulator.glb;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A decoded picture with straight (not premultiplied) alpha. Of an animation the first frame. */
final class Picture {
  /** Decoding costs up to 8 bytes a pixel; this keeps one picture below 256 MiB. */
  static final int MAX_PIXELS = 32_000_000;

  private static final String JPEG = "jpeg";
  private static final Set<String> FORMATS = Set.of("png", JPEG, "gif", "bmp", "webp");
  private static final String NOT_A_PICTURE = "it is not a PNG, JPEG, GIF, BMP or WebP picture";
  private static final float JPEG_QUALITY = 0.9f;

  private final BufferedImage image;

  private Picture(BufferedImage image) {
    this.image = image;
  }

  /**
   * Decodes a stranger's bytes. The size is looked at before any pixel is decoded.
   *
   * @param longestSide in pixels; a larger picture is scaled down to it
   */
  static Picture decode(byte[] bytes, int longestSide) throws UnreadableImageException {
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = readerOf(input);
      try {
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
          throw new UnreadableImageException(
              "it has %d x %d pixels; at most %d million are taken"
                  .formatted(width, height, MAX_PIXELS / 1_000_000));
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int everyNth = Math.max(1, Math.max(width, height) / longestSide);
        param.setSourceSubsampling(everyNth, everyNth, 0, 0);
        BufferedImage image = fitted(reader.read(0, param), longestSide);
        return new Picture(
            formatOf(reader).equals(JPEG) ? Orientation.of(bytes).upright(image) : image);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // The JDK's readers meet damaged files with all kinds of RuntimeExceptions.
      throw new UnreadableImageException("it is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static ImageReader readerOf(ImageInputStream input)
      throws IOException, UnreadableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(formatOf(reader))) {
        return reader;
      }
      reader.dispose();
    }
    throw new UnreadableImageException(NOT_A_PICTURE);
  }

  private static String formatOf(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** One row of pixels, each 0xAARRGGBB. */
  void row(int y, int[] argb) {
    image.getRGB(0, y, image.getWidth(), 1, argb, 0, image.getWidth());
  }

  /**
   * The colours as an opaque JPEG. Where the picture is transparent it takes the colour of what is
   * near, so that the edge of a cut-out figure shows no fringe.
   */
  byte[] texture() {
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    if (image.getColorModel().hasAlpha()) {
      // From a single pixel, which is the mean colour, up to the picture itself.
      BufferedImage[] halves = halves();
      for (int i = halves.length - 1; i >= 0; i--) {
        draw(halves[i], opaque);
      }
    } else {
      draw(image, opaque);
    }
    return jpeg(opaque);
  }

  private BufferedImage[] halves() {
    int levels = 33 - Integer.numberOfLeadingZeros(Math.max(image.getWidth(), image.getHeight()));
    BufferedImage[] halves = new BufferedImage[levels];
    halves[0] = image;
    for (int i = 1; i < levels; i++) {
      halves[i] =
          scaled(
              halves[i - 1],
              (halves[i - 1].getWidth() + 1) / 2,
              (halves[i - 1].getHeight() + 1) / 2);
    }
    return halves;
  }

  private static BufferedImage fitted(BufferedImage image, int longestSide) {
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (longest <= longestSide) {
      return scaled(image, image.getWidth(), image.getHeight());
    }
    double factor = (double) longestSide / longest;
    return scaled(
        image,
        Math.max(1, (int) Math.round(image.getWidth() * factor)),
        Math.max(1, (int) Math.round(image.getHeight() * factor)));
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled =
        new BufferedImage(
            width,
            height,
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB_PRE
                : BufferedImage.TYPE_INT_RGB);
    draw(image, scaled);
    return scaled;
  }

  private static void draw(BufferedImage image, BufferedImage onto) {
    Graphics2D graphics = onto.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, onto.getWidth(), onto.getHeight(), null);
    } finally {
      graphics.dispose();
    }
  }

  private static byte[] jpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(JPEG).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new IllegalStateException("A JPEG could not be written to memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
