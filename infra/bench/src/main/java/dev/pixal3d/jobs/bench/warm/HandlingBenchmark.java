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
public class HandlingBenchmark {
  /** The system property that names the function, {@code submit} for example. */
  static final String FUNCTION = "pixal3d.function";

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

  /** Compiling all of it takes that long where other processes work, too. */
  @Benchmark
  @Warmup(iterations = 14, time = 1)
  public byte[] ours() {
    return handling.ours();
  }

  @Benchmark
  @Warmup(iterations = 4, time = 1)
  public byte[] jacksonAlone() throws IOException {
    return handling.jacksonAlone();
  }
}
