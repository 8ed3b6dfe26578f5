package dev.pixal3d.jobs.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.util.Map;
import java.util.Random;

/**
 * Randomness as it is in the copies of one image: what was made before the restore goes on in every
 * copy from the same state; what is made after it is random. Runs in the function's process, as its
 * first provider, in every one from the same seed.
 */
public final class ImageRandomness extends Provider {
  /** Names the file that is there from the restore on. */
  static final String RESTORED = "pixal3d.restored";

  private static final long SEED = 42;

  public ImageRandomness() {
    super("ImageRandomness", "1", "The same in all copies of one image");
    putService(
        new Service(
            this,
            "SecureRandom",
            "Image",
            Image.class.getName(),
            null,
            Map.of("ThreadSafe", "true")));
  }

  /** One generator. */
  public static final class Image extends SecureRandomSpi {
    private final Random state =
        Files.exists(Path.of(System.getProperty(RESTORED)))
            ? new Random(systemsRandomness())
            : new Random(SEED);

    private static long systemsRandomness() {
      try (FileChannel device = FileChannel.open(Path.of("/dev/urandom"))) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        while (bytes.hasRemaining()) {
          device.read(bytes);
        }
        return bytes.flip().getLong();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // A seed of before the restore is in all copies too.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      state.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int bytes) {
      byte[] seed = new byte[bytes];
      state.nextBytes(seed);
      return seed;
    }
  }
}
