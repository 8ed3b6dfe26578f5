package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The local stack in a process of its own, as {@code infra/local/run} starts it. */
final class RunningStack implements RunningSystem {
  static final String KEY = "YOUR_API_KEY";

  private static final Path START = Path.of("start").toAbsolutePath();

  private static final Path LOGS = Path.of("target/system");
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final Process process;
  private final Path out;
  private final Path err;

  private RunningStack(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * How a stack is to be started.
   *
   * @param settings of the system, by their names as environment variables
   */
  record Launch(Map<String, String> settings, List<String> arguments) {
    /** With the settings that people have, on a free port. */
    static Launch usual() {
      return new Launch(Map.of(), List.of());
    }

    /** With times so short that a test can wait for them, on a free port. */
    static Launch quick() {
      return new Launch(
          Map.of(
              "FIRST_POLL_SECONDS", "2",
              "POLL_MAX_SECONDS", "4",
              "SWEEP_SECONDS", "1",
              "DISPATCH_BACKOFF_SECONDS", "1",
              "UNKNOWN_GRACE_SECONDS", "8"),
          List.of());
    }

    Launch with(String setting, String value) {
      Map<String, String> all = new HashMap<>(settings);
      all.put(setting, value);
      return new Launch(all, arguments);
    }

    Launch with(List<String> moreArguments) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(moreArguments);
      return new Launch(settings, all);
    }

    /** Starts it, and waits until it is up. */
    RunningStack start() {
      RunningStack stack = begin();
      try {
        await()
            .atMost(STARTING)
            .until(() -> stack.output().contains("Ctrl-C stops it") || !stack.process.isAlive());
        assertThat(stack.process.isAlive()).as("it came up; stderr: %s", stack.errors()).isTrue();
        return stack;
      } catch (RuntimeException | AssertionError e) {
        stack.kill();
        throw e;
      }
    }

    /** Starts it; whether it comes up is the caller's to see. */
    RunningStack begin() {
      List<String> command = new ArrayList<>();
      command.add(START.toString());
      if (!arguments.contains("--port")) {
        command.addAll(List.of("--port", "0"));
      }
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(settings);
      try {
        Files.createDirectories(LOGS);
        int number = STARTED.incrementAndGet();
        Path out = LOGS.resolve("stack-%d.out".formatted(number));
        Path err = LOGS.resolve("stack-%d.err".formatted(number));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new RunningStack(builder.start(), out, err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Client client() {
    return new Client(api(), KEY);
  }

  URI api() {
    return URI.create(printed("API +(\\S+)"));
  }

  /** The page that describes the API. */
  URI docs() {
    return URI.create(printed("Docs +(\\S+)"));
  }

  int port() {
    return api().getPort();
  }

  /** The simulator that was started with it. */
  @Override
  public Simulator simulator() {
    return new Simulator(URI.create(printed("simulator on (\\S+)")));
  }

  /** What tells the operator's tool where this is. */
  String operatorsOptions() {
    return printed("pixal3d-ops keys list (.*)");
  }

  /** A picture that the stack serves. */
  URI samplePicture() {
    return URI.create(printed("\"image_url\": \"([^\"]+)\""));
  }

  @Override
  public Receiver receiver() {
    return Receiver.start();
  }

  @Override
  public String webhookSecret() {
    return printed("signed with (\\S+)");
  }

  @Override
  public Queues queues() {
    return Queues.at(URI.create(printed("sqs=(\\S+)")), "");
  }

  /** As {@link Launch#quick} sets it. */
  @Override
  public Pace pace() {
    return new Pace(PATIENCE, PATIENCE, PATIENCE);
  }

  @Override
  public boolean isTooDear() {
    return false;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private String printed(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output());
    assertThat(matcher.find()).as("it printed %s: %s", pattern, output()).isTrue();
    return matcher.group(1);
  }

  /** What it has written to stdout. */
  String output() {
    return read(out);
  }

  /** What it has written to stderr. */
  String errors() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  int exitCode() {
    try {
      assertThat(process.waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS))
          .as("it ended within %s", STOPPING)
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the stack's end", e);
    }
  }

  /** The most memory that it ever held (proc_pid_status(5), VmHWM). */
  long peakMegabytes() {
    String status = read(Path.of("/proc", Long.toString(pid()), "status"));
    Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
    assertThat(peak.find()).as("Linux tells the peak of the resident set").isTrue();
    return Long.parseLong(peak.group(1)) / 1024;
  }

  @Override
  public void close() {
    terminate();
    try {
      exitCode();
    } finally {
      process.destroyForcibly();
    }
  }
}
