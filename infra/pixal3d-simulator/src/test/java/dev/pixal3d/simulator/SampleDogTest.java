package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.simulator.glb.GlbMaker;
import dev.pixal3d.simulator.glb.GlbParameters;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The sample image of the local stack. */
final class SampleDogTest {
  private static final Path FILE = Path.of("..", "local", "samples", "dog.png");

  @Test
  void the_file_is_what_the_program_draws() throws IOException {
    BufferedImage file = ImageIO.read(FILE.toFile());
    BufferedImage drawn = SampleDog.draw();

    assertThat(pixels(file)).isEqualTo(pixels(drawn));
  }

  @Test
  void the_file_is_small_enough_for_a_repository() throws IOException {
    assertThat(Files.size(FILE)).isLessThan(100_000);
  }

  @Test
  void the_file_becomes_a_glb() throws Exception {
    byte[] glb = GlbMaker.make(Files.readAllBytes(FILE), GlbParameters.DEFAULTS);

    assertThat(new String(glb, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
