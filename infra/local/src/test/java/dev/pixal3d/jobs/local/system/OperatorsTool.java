package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** infra/ops/pixal3d-ops, run as a person does who pastes what the stack said of it. */
final class OperatorsTool {
  private static final Path SCRIPT = Path.of("../ops/pixal3d-ops").toAbsolutePath().normalize();
  private static final Path LOGS = Path.of("target/system");
  private static final long PATIENCE_SECONDS = 60;

  private final List<String> system;
  private final List<String> outputs = new CopyOnWriteArrayList<>();

  OperatorsTool(RunningStack stack) {
    this.system = List.of(stack.operatorsOptions().split(" "));
  }

  /** What a run came to. */
  record Run(int code, String out) {
    JsonNode json() {
      return Answer.parse(out);
    }
  }

  Run run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    command.addAll(system);
    try {
      Path out = Files.createTempFile(LOGS, "ops-", ".out");
      Path err = Files.createTempFile(LOGS, "ops-", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s ends", command)
          .isTrue();
      outputs.add(Files.readString(out) + Files.readString(err));
      return new Run(process.exitValue(), Files.readString(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the tool ran", e);
    }
  }

  /** Runs what is to work; what it wrote. */
  String done(String... arguments) {
    Run run = run(arguments);
    assertThat(run.code()).as("%s: %s", List.of(arguments), outputs.getLast()).isZero();
    return run.out();
  }

  /** All that any run ever wrote, to stdout and stderr. */
  List<String> outputs() {
    return List.copyOf(outputs);
  }
}
