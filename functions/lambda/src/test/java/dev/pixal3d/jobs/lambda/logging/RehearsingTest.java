package dev.pixal3d.jobs.lambda.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

@ResourceLock(Resources.SYSTEM_OUT)
class RehearsingTest {
  private final Logger log =
      new JsonLoggerProvider().getLoggerFactory().getLogger("dev.pixal3d.jobs.Ours");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(written, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
  }

  @Test
  void nobody_hears_a_rehearsal() {
    Rehearsing.run(() -> log.error("within"));
    log.info("after");

    assertThat(written()).contains("after").doesNotContain("within");
  }

  @Test
  void what_failed_in_a_rehearsal_is_told_with_its_failure() {
    var cause = new IllegalStateException("the cause");

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            Rehearsing.run(() -> {
              log.error("Failed", cause);
              throw new IllegalArgumentException("answered 500");
            }))
        .satisfies(failure -> assertThat(failure).hasSuppressedException(cause));
  }

  @Test
  void one_that_hangs_keeps_nobody_else_quiet() throws InterruptedException {
    try (Hanging _ = new Hanging()) {
      log.info("meanwhile");

      assertThat(written()).contains("meanwhile");
    }
  }

  @Test
  void one_that_ends_late_leaves_the_invocation_that_is_under_way_as_it_is()
      throws InterruptedException {
    Hanging rehearsal = new Hanging();
    Invocation.with(
        TestContext.PLENTY,
        () -> {
          rehearsal.close();
          log.info("within");
          return true;
        });

    assertThat(written())
        .contains("\"function_request_id\":\"" + TestContext.PLENTY.getAwsRequestId() + "\"");
  }

  /** A rehearsed invocation that goes on until it is closed. */
  private static final class Hanging implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    Hanging() throws InterruptedException {
      var begun = new CountDownLatch(1);
      thread =
          Thread.ofVirtual()
              .start(() ->
                  Rehearsing.run(() ->
                      Invocation.with(
                          TestContext.PLENTY,
                          () -> {
                            begun.countDown();
                            return awaited(over);
                          })));
      begun.await();
    }

    private static boolean awaited(CountDownLatch latch) {
      try {
        latch.await();
        return true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      over.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
