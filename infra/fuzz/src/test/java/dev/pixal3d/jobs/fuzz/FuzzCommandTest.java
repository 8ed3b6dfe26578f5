package dev.pixal3d.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.fuzz.Faulty.Fault;
import dev.pixal3d.jobs.fuzz.targets.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FuzzCommandTest {
  private static final Pattern AGAIN =
      Pattern.compile("Again: infra/fuzz/run --target faulty --replay '(.*)'");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Fault fault, String... args) {
    return run(FuzzCommand.commandLine(List.of(new Faulty(fault))), args);
  }

  private int run(CommandLine command, String... args) {
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void tellsHowFarItIsAndHowTheInputsWereAnsweredAndExits0() {
    int exit = run(Fault.NONE, "--inputs", "20000", "--seed", "1");

    assertThat(exit).isZero();
    assertThat(err.toString()).contains("faulty: 10%", "faulty: 100%");
    assertThat(out.toString())
        .contains("Seed 1")
        .containsPattern("faulty +20000 .*0: 199[0-9]{2}, 777: [0-9]+")
        .contains("Nothing was found.");
  }

  @Test
  void exits1OnAFindingAndTellsHowToSendItAgain() {
    assertThat(run(Fault.EXCEPTION, "--inputs", "20000", "--seed", "1")).isEqualTo(1);
    assertThat(out.toString())
        .contains("FOUND in faulty, seed 1, index ", "java.lang.IllegalStateException: 777 came");

    Matcher again = AGAIN.matcher(out.toString());
    assertThat(again.find()).isTrue();
    assertThat(run(Fault.EXCEPTION, "--target", "faulty", "--replay", again.group(1))).isEqualTo(1);
    assertThat(run(Fault.NONE, "--target", "faulty", "--replay", again.group(1))).isZero();
  }

  @Test
  void takesAnInputFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("input.json"), "{\"number\":\"777\"}");

    assertThat(run(Fault.VIOLATION, "--target", "faulty", "--replay", "@" + file)).isEqualTo(1);
    assertThat(out.toString()).contains("no 777 comes: one came");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--target elsewhere",
        "--inputs 0",
        "--from -1",
        "--replay {}",
        "--target faulty --replay x",
        "--target faulty --replay @/no/such/file"
      })
  void saysWhatIsWrongWithItsUse(String args) {
    assertThat(run(Fault.NONE, args.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void itsHelpNamesEachTarget() {
    assertThat(run(FuzzCommand.commandLine(Targets.ALL), "--help")).isZero();
    assertThat(out.toString()).contains(Targets.ALL.stream().map(target -> target.name()).toList());
  }
}
