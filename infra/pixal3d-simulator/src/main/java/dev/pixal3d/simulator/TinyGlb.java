package dev.pixal3d.simulator;

import dev.pixal3d.simulator.glb.GlbMaker;
import dev.pixal3d.simulator.glb.GlbParameters;
import dev.pixal3d.simulator.glb.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import javax.imageio.ImageIO;

/** The one small GLB, a grey block, that all jobs share while {@code glb=off}. */
final class TinyGlb {
  private static final String NAME = "tiny.glb";
  private static final int GREY = 0x808080;

  private final JobStore store;

  TinyGlb(JobStore store) {
    this.store = store;
  }

  /** The name of its file, which is made at the first call. */
  synchronized String name() {
    if (!Files.exists(store.glb(NAME))) {
      store.writeGlb(NAME, make());
    }
    return NAME;
  }

  private static byte[] make() {
    BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    pixel.setRGB(0, 0, GREY);
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(pixel, "png", png);
      return GlbMaker.make(png.toByteArray(), GlbParameters.DEFAULTS);
    } catch (IOException | UnreadableImageException e) {
      throw new IllegalStateException("The picture of one pixel could not be used", e);
    }
  }
}
