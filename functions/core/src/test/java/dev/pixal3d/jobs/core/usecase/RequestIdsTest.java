package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.testing.MutableClock;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
  private final MutableClock clock = new MutableClock();
  private final RequestIds ids = new RequestIds(clock, new SplittableRandom(1));

  @Test
  void are_uuids_of_version_7_that_begin_with_the_time() {
    UUID uuid = UUID.fromString(ids.get().value().substring("pixal3d_".length()));

    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
  }

  @Test
  void are_all_different() {
    assertThat(Stream.generate(ids).limit(10_000)).doesNotHaveDuplicates();
  }
}
