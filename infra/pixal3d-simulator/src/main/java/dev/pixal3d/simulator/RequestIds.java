package dev.pixal3d.simulator;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes ids as the page shows them: {@code pixal3d_} and a UUIDv7 (RFC 9562, 5.7). */
final class RequestIds {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0b10L << 62;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestIds() {}

  static String next(Instant now) {
    long high = (now.toEpochMilli() << 16) | VERSION_7 | (RANDOM.nextLong() & 0xfff);
    long low = VARIANT | (RANDOM.nextLong() >>> 2);
    return "pixal3d_" + new UUID(high, low);
  }
}
