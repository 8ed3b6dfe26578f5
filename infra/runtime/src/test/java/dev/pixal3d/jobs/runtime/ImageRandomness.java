package dev.pixal3d.jobs.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.util.Map;
import java.util.Random;

/**
 * Randomness as it is in the copies of one image: what was made before the restore gives in every
 * copy the same, what is made after it is random. Runs in the function's process, as its first
 * provider.
 *
 * <p>What was made before gives the same numbers again at each call. So it does not matter whether
 * one copy has called it more often than the other.
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
    private final boolean madeAfterRestore = Files.exists(Path.of(System.getProperty(RESTORED)));

    private static byte[] systemsRandomness(int length) {
      try (InputStream device = Files.newInputStream(Path.of("/dev/urandom"))) {
        return device.readNBytes(length);
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
      if (madeAfterRestore) {
        System.arraycopy(systemsRandomness(bytes.length), 0, bytes, 0, bytes.length);
      } else {
        new Random(SEED).nextBytes(bytes);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] seed = new byte[length];
      engineNextBytes(seed);
      return seed;
    }
  }
}
