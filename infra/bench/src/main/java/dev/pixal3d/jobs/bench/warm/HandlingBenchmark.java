package dev.pixal3d.jobs.bench.warm;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What JMH runs, in a JVM that has the function's artifact on its class path. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = HandlingBenchmark.WARMUP_SECONDS, time = 1)
public class HandlingBenchmark {
  /** The system property that names the function, {@code submit} for example. */
  static final String FUNCTION = "pixal3d.function";

  /** Compiling all of ours takes that long where other processes work, too. */
  static final int WARMUP_SECONDS = 14;

  private final Handling handling;

  public HandlingBenchmark() {
    try {
      // The log is written for real, but JMH is not to read it.
      var devNull = new FileOutputStream("/dev/null");
      System.setOut(new PrintStream(devNull, false, StandardCharsets.UTF_8));
      handling = new Handling(request());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request() {
    String function = System.getProperty(FUNCTION, "");
    return switch (function) {
      case "submit" -> Request.toSubmit();
      case "webhook" -> Request.toWebhook();
      case "status" -> Request.toStatus();
      default -> throw new IllegalArgumentException("There is no request to '" + function + "'");
    };
  }

  @Benchmark
  public byte[] ours() {
    return handling.ours();
  }

  @Benchmark
  public byte[] jacksonAlone() throws IOException {
    return handling.jacksonAlone();
  }
}
