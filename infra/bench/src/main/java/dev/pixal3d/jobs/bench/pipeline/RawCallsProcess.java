package dev.pixal3d.jobs.bench.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The raw calls in a process of their own, with the compiler, the collector and the heap of the
 * stack's JVM: which of these makes a call of the SDK is not to count.
 */
final class RawCallsProcess implements AutoCloseable {
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx320m",
          "-Dhttp.maxConnections=64",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
          "-Dslf4j.internal.verbosity=ERROR");

  private final Process process;
  private final Path errors;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final String recorded;

  private RawCallsProcess(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.answers = process.inputReader();
    this.orders = new PrintWriter(process.outputWriter(), true);
    this.recorded = answer(RawCallsCommand.RECORDED);
  }

  /** Starts it; on the return a job's life is recorded. */
  static RawCallsProcess start(Path home, Pixal3dNearby pixal3d, Path folder) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RawCallsCommand.class.getName(),
            home.toString(),
            pixal3d.url().toString()));
    Path errors = folder.resolve("raw.err");
    return new RawCallsProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** Tells it the servers, which are the stack's. */
  void against(StackProcess stack) throws IOException {
    orders.println(stack.dynamoDb());
    orders.println(stack.sqs());
  }

  /** How many calls a life has. */
  int calls() {
    return Integer.parseInt(recorded.substring(0, recorded.indexOf(' ')));
  }

  /** Which calls a life has. */
  String counts() {
    return recorded.substring(recorded.indexOf(' ') + 1);
  }

  /** Makes the calls of many lives, and tells of how many a second. */
  double livesPerSecond() throws IOException {
    orders.println("live");
    return Double.parseDouble(answer(RawCallsCommand.RATE));
  }

  private String answer(String kind) throws IOException {
    @Nullable String line = answers.readLine();
    while (line != null && !line.startsWith(kind)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(
          "The raw calls ended without " + kind + ": " + Files.readString(errors));
    }
    return line.substring(kind.length());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
