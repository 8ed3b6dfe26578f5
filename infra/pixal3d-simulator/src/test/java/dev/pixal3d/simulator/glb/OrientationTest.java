package dev.pixal3d.simulator.glb;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The eight ways to hold a camera. */
final class OrientationTest {

  /** The pixels 1 2 3 over 4 5 6 as Exif 2.32 says they are to be shown. */
  @ParameterizedTest
  @CsvSource({
    "1, 123 456", "2, 321 654", "3, 654 321", "4, 456 123",
    "5, 14 25 36", "6, 41 52 63", "7, 63 52 41", "8, 36 25 14",
  })
  void turns_the_picture_upright(int value, String shown) {
    BufferedImage stored = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    stored.setRGB(0, 0, 3, 2, new int[] {1, 2, 3, 4, 5, 6}, 0, 3);

    assertThat(text(new Orientation(value).upright(stored))).isEqualTo(shown);
  }

  @Test
  void is_read_from_the_exif_data() throws Exception {
    assertThat(Orientation.of(Pictures.resource("turned-by-exif.jpg")))
        .isEqualTo(new Orientation(6));
  }

  @Test
  void is_upright_without_exif_data() {
    assertThat(Orientation.of(Pictures.gradient(4, 4, "jpeg"))).isEqualTo(new Orientation(1));
  }

  @Test
  void is_upright_if_the_exif_data_cannot_be_read() throws Exception {
    byte[] damaged = Pictures.resource("turned-by-exif.jpg");
    Arrays.fill(damaged, 30, 60, (byte) 0xff);

    assertThat(Orientation.of(damaged)).isEqualTo(new Orientation(1));
  }

  private static String text(BufferedImage image) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        text.append(image.getRGB(x, y) & 0xff);
      }
      text.append(' ');
    }
    return text.toString().strip();
  }
}
