package dev.pixal3d.jobs.bench.warm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * The bytes that a warm request allocates. JMH counts them with the optimizing compiler, the log
 * and the metrics of Lambda; here there is the first compiler only, which spares nothing, and a
 * plain log.
 */
class AllocationTest {
  private static final int WARM_UPS = 500;
  private static final int REQUESTS = 1000;
  private static final long KB = 1024;

  @Test
  void aSubmitTakesLessThan48Kilobytes() throws IOException {
    assertThat(bytesOf(Request.toSubmit())).isLessThan(48 * KB);
  }

  @Test
  void aCallbackTakesLessThan32Kilobytes() throws IOException {
    assertThat(bytesOf(Request.toWebhook())).isLessThan(32 * KB);
  }

  @Test
  void aStatusReadTakesLessThan24Kilobytes() throws IOException {
    assertThat(bytesOf(Request.toStatus())).isLessThan(24 * KB);
  }

  private static long bytesOf(Request request) throws IOException {
    var handling = new Handling(request);
    for (int i = 0; i < WARM_UPS; i++) {
      handling.ours();
    }
    long before = allocatedBytes();
    for (int i = 0; i < REQUESTS; i++) {
      handling.ours();
    }
    return (allocatedBytes() - before) / REQUESTS;
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
