package dev.pixal3d.simulator.glb;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a camera was held, as it notes it in its JPEGs (Exif 2.32, tag Orientation).
 *
 * @param value 1, upright, to 8
 */
record Orientation(int value) {
  private static final Logger LOG = LoggerFactory.getLogger(Orientation.class);
  private static final Orientation UPRIGHT = new Orientation(1);

  /** What the file says; upright if it says nothing that can be understood. */
  static Orientation of(byte[] jpeg) {
    try {
      List<JPEGSegment> segments =
          JPEGSegmentUtil.readSegments(
              new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)), JPEG.APP1, "Exif");
      return segments.isEmpty() ? UPRIGHT : of(segments.getFirst());
    } catch (IOException | RuntimeException e) {
      // A damaged note does not spoil the picture, and the reader fails in many ways.
      LOG.debug("Pixal3D simulator: the Exif data of an image cannot be read", e);
      return UPRIGHT;
    }
  }

  private static Orientation of(JPEGSegment exif) throws IOException {
    try (InputStream tiff = exif.data()) {
      tiff.skipNBytes(1); // The second of the two zeros after "Exif".
      Entry entry =
          new TIFFReader()
              .read(new MemoryCacheImageInputStream(tiff))
              .getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null
              && entry.getValue() instanceof Number number
              && number.intValue() >= 1
              && number.intValue() <= 8
          ? new Orientation(number.intValue())
          : UPRIGHT;
    }
  }

  /** The picture as it was seen through the camera. */
  BufferedImage upright(BufferedImage image) {
    if (value == UPRIGHT.value) {
      return image;
    }
    boolean onItsSide = value >= 5;
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage upright =
        new BufferedImage(onItsSide ? height : width, onItsSide ? width : height, image.getType());
    Graphics2D graphics = upright.createGraphics();
    try {
      graphics.drawImage(image, transform(width, height), null);
    } finally {
      graphics.dispose();
    }
    return upright;
  }

  private AffineTransform transform(int width, int height) {
    return switch (value) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }
}
