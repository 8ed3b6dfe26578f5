package dev.pixal3d.simulator.glb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of bytes that are no good picture. */
final class PictureTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "<html>Not found</html>", "P1\n1 1\n0\n", "RIFF....WAVEfmt "})
  void other_bytes_are_refused_with_the_formats_that_are_taken(String text) {
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> Picture.decode(text.getBytes(StandardCharsets.UTF_8), 1024))
        .withMessage("it is not a PNG, JPEG, GIF, BMP or WebP picture");
  }

  @Test
  void a_tiff_is_refused_although_the_jdk_could_read_it() {
    byte[] tiff = Pictures.encoded(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "tiff");

    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> Picture.decode(tiff, 1024))
        .withMessage("it is not a PNG, JPEG, GIF, BMP or WebP picture");
  }

  @Test
  void a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() throws IOException {
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> Picture.decode(pngHeader(50_000, 50_000), 1024))
        .withMessage("it has 50000 x 50000 pixels; at most 32 million are taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void a_picture_that_ends_early_is_refused_or_taken_as_far_as_it_goes(String format) {
    byte[] picture = Pictures.gradient(60, 60, format);

    for (int length = 0; length < picture.length; length += 7) {
      assertThat(outcome(Arrays.copyOf(picture, length))).isIn("picture", "refused");
    }
    assertThat(outcome(Arrays.copyOf(picture, 20))).isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy-with-alpha.webp", "turned-by-exif.jpg"})
  void a_damaged_picture_is_refused_or_taken_as_far_as_it_goes(String name) throws IOException {
    Random random = new Random(20261123);
    byte[] picture = Pictures.resource(name);

    for (int round = 0; round < 300; round++) {
      byte[] damaged = picture.clone();
      for (int i = 0; i < 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(outcome(damaged)).isIn("picture", "refused");
    }
  }

  /** Anything but a picture or a refusal fails the test by its exception. */
  private static String outcome(byte[] bytes) {
    try {
      Picture.decode(bytes, 1024);
      return "picture";
    } catch (UnreadableImageException _) {
      return "refused";
    }
  }

  /** A PNG that promises much and has nothing. */
  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 checksum = new CRC32();
    checksum.update(chunk.toByteArray());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    DataOutputStream output = new DataOutputStream(png);
    output.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    output.writeInt(13);
    output.write(chunk.toByteArray());
    output.writeInt((int) checksum.getValue());
    output.writeInt(0);
    output.writeBytes("IDAT");
    return png.toByteArray();
  }
}
