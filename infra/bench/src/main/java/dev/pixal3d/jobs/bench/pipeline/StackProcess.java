package dev.pixal3d.jobs.bench.pipeline;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local stack in a process of its own, as {@code infra/local/run} starts it. */
final class StackProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private final Process process;
  private final Path output;

  private StackProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static StackProcess start(Path home, Pixal3dNearby pixal3d, Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("stack.out");
    Process process =
        new ProcessBuilder(
                List.of(
                    home.resolve("infra/local/start").toString(),
                    "--port",
                    "0",
                    "--key",
                    Submits.KEY,
                    "--upstream",
                    pixal3d.url().toString(),
                    "--upstream-key",
                    Pixal3dNearby.KEY))
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("stack.err").toFile())
            .start();
    var stack = new StackProcess(process, output);
    long begin = System.nanoTime();
    while (!Files.readString(output).contains("Ctrl-C stops it")) {
      if (!process.isAlive() || System.nanoTime() - begin > STARTING.toNanos()) {
        stack.close();
        throw new IllegalStateException(
            "The local stack did not start: " + Files.readString(folder.resolve("stack.err")));
      }
      Thread.sleep(A_MOMENT);
    }
    return stack;
  }

  URI api() throws IOException {
    return printed("API +(\\S+)");
  }

  URI dynamoDb() throws IOException {
    return printed("dynamodb=(\\S+)");
  }

  URI sqs() throws IOException {
    return printed("sqs=(\\S+)");
  }

  private URI printed(String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(output));
    if (!matcher.find()) {
      throw new IllegalStateException("The local stack did not print " + pattern);
    }
    return URI.create(matcher.group(1));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
