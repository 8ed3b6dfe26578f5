package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.job.RequestId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes new ids: UUIDv7 (RFC 9562, 5.7), milliseconds since 1970 and 74 random bits. */
public final class RequestIds implements Supplier<RequestId> {
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random one that two copies of a restored sandbox do not share the state of, such as
   *     {@link java.security.SecureRandom}
   */
  public RequestIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public RequestId get() {
    long version7 = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
    long variant = 0x8000000000000000L | (random.nextLong() & 0x3FFFFFFFFFFFFFFFL);
    return new RequestId("pixal3d_" + new UUID(version7, variant));
  }
}
